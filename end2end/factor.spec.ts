// The second factor: set up, used, lost, reset.

import type { Page } from '@playwright/test';

import { expectHeading, fill, follow, leads, press, problems, unique } from './support/form.ts';
import { nextCode } from './support/factor.ts';
import { DEMO, enrol, givePassword, invite, join, room, signIn, signOut } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

async function password(page: Page, email: string): Promise<void> {
  await page.goto('/en/sign-in');
  await givePassword(page, email);
}

test('a colleague sets a second factor up, uses it, and loses it', { tag: '@once' }, async ({ page, enter, mail }) => {
  test.setTimeout(180_000);
  const email = `${unique()}@factor.example`;
  const admin = await enter(DEMO.companyAdmin);
  await invite(admin, email, 'Reader');
  await join(page, await mail.waitForMail(email), 'Kim Peters');

  await page.goto('/en/me');
  await follow(page, 'Second factor and recovery codes');
  await fill(page, { Code: 'twelve' });
  await press(page, 'Set up the second factor');
  await expect(problems(page)).toHaveText([/This code is not right/]);
  await enrol(page, email);
  await mail.waitForMail(email, (one) => one.subject === 'A second factor was set up');

  await signOut(page);
  await password(page, email);
  await expectHeading(page, 'Enter your code');
  await expect(page.getByText('This is a demo: the code is'), 'their own code is shown to nobody').toHaveCount(0);
  await fill(page, { Code: await nextCode(email) });
  await press(page, 'Sign in');
  await expectHeading(page, 'Overview');

  await page.goto('/en/me/factor/codes');
  await fill(page, { Code: await nextCode(email) });
  await press(page, 'Make new codes');
  const recovery = await page.locator('.recovery-codes li').first().innerText();
  await follow(page, 'I have kept them, go on');
  await signOut(page);
  await password(page, email);
  await follow(page, 'I do not have my app at hand');
  await fill(page, { 'Recovery code': recovery.toUpperCase() });
  await press(page, 'Sign in');
  await expectHeading(page, 'Overview');
  await mail.waitForMail(email, (one) => one.subject === 'A recovery code was used');
  await page.goto('/en/me/factor');
  await expect(page.locator('main')).toContainText('Recovery codes left9');

  await room(admin, 'Team');
  const row = admin.locator('#members tr', { hasText: email });
  await expect(row).toContainText('Set up');
  await leads(admin, () => row.getByRole('link', { name: /^Reset second factor/ }).click());
  await press(admin, 'Reset the second factor');
  await expect(row).toContainText('None');
  await mail.waitForMail(email, (one) => one.subject === 'Your second factor was reset');
  await page.reload();
  await expectHeading(page, 'Sign in');
  await signIn(page, email);
  await expectHeading(page, 'Overview');
});

test('a demo account of the authority shows its code, which works', { tag: '@once' }, async ({ page }) => {
  await password(page, DEMO.authorityReader);
  const shown = await page.getByText('This is a demo: the code is').innerText();
  await fill(page, { Code: shown.match(/\d{6}/)?.[0] ?? 'no code' });
  await press(page, 'Sign in');
  await expectHeading(page, 'Overview');
});
