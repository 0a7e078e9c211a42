// A system administrator reads a report in need: with a second person, for a short time, in sight of the company.

import { expectHeading, fill, follow, press, unique } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('access in need takes two and leaves a line for everybody', { tag: '@once' }, async ({ page, enter, mail }) => {
  const company = await enter(DEMO.companyAdmin);
  await company.goto('/en/c/meridian/reports');
  const href = await company.locator('#reports tbody a').first().getAttribute('href');
  const reference = (href ?? '').split('/').at(-1) ?? '';
  const reason = `The page of the report fails (${unique()}).`;

  await signIn(page, DEMO.system);
  await room(page, 'Access in need');
  await page.getByLabel('Authority that has the reports').selectOption({ label: 'Precursor Control Office (demo)' });
  await fill(page, { 'Reference of the one report': reference, Reason: reason });
  await press(page, 'Ask');
  await expect(page.getByText('You asked for this, so somebody else has to decide.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  const access = page.url().split('?')[0] ?? '';
  await page.goto(`${access}/reports/${reference}`);
  await expect(page, 'nothing yet').toHaveURL(access);

  const id = access.split('/').at(-1) ?? '';
  const asked = await mail.waitForMail(DEMO.authorityAdmin, (one) => (one.text ?? '').includes(id));
  expect(asked.text).not.toContain(reference);
  const desk = await enter(DEMO.authorityAdmin);
  await desk.goto(linkIn(asked, '/break-glass/'));
  await press(desk, 'Approve');
  await expect(desk.getByText('The access is open')).toBeVisible();

  await page.reload();
  await follow(page, 'Read the report');
  await expectHeading(page, reference);
  await expect(page.getByText('This reading was noted.')).toBeVisible();

  await company.goto('/en/c/meridian/log');
  const row = company.locator('#log tr', { hasText: reason });
  await expect(row).toContainText('System administrator');
  await expect(row).toContainText('read by break-glass');

  await press(desk, 'End the access now');
  await page.reload();
  await expect(page, 'it is over at once').toHaveURL(access);
});
