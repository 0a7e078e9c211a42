// Until when one is signed in, and a form that comes too late.

import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('every page of somebody signed in says until when', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  for (const path of ['/en/me', '/en/a/pco-nl/queue', '/en/substances']) {
    await page.goto(path);
    await expect(page.locator('.foot__session')).toContainText('You are signed in until');
  }
  const stranger = await page.context().browser()?.newPage();
  await stranger?.goto(new URL('/en/', page.url()).toString());
  await expect(stranger!.locator('.foot__session')).toHaveCount(0);
  await stranger?.close();
});

test('two minutes before the end a dialog offers to stay', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  // What the server says is left, once: the rest is as in life.
  await page.route('**/en/session', (route) => route.fulfill({ json: { rest: 100, end: 40_000 } }), { times: 1 });
  await page.clock.install();
  await page.goto('/en/me');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  const dialog = page.getByRole('dialog', { name: 'Your sign-in is about to end' });
  // Again until the watch has begun: time that passes before the scripts came is not missed by them.
  await expect(async () => {
    await page.clock.fastForward('13:30');
    await expect(dialog).toContainText('you will be signed out in', { timeout: 1_000 });
  }).toPass();
  await dialog.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(dialog).toHaveCount(0);
});
