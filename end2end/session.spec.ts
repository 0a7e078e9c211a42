// Until when one is signed in, and a form that comes too late.

import { press } from './support/form.ts';
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

test('what ends whatever one does offers no way to stay, also while it counts down', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  let asked = 0;
  await page.route('**/en/session', (route) => {
    asked += 1;
    return route.fulfill({ json: asked === 1 ? { rest: 100, end: 40_000 } : { rest: 80, end: 80 } });
  });
  await page.clock.install();
  await page.goto('/en/me');
  const dialog = page.getByRole('dialog', { name: 'Your sign-in is about to end' });
  await expect(async () => {
    await page.clock.fastForward('13:30');
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.clock.runFor(20_000);
  await expect(dialog.getByRole('link', { name: 'Sign in again' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Stay signed in' })).toBeHidden();
});

test('what was chosen on a page comes back when it is loaded anew', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.supervisor);
  const roster = '/en/a/pco-nl/duty?from=2033-03-07';
  const box = page.getByLabel(/Adaeze Okoye on Wednesday, 9 Mar 2033/);
  await page.goto(roster);
  await box.check();
  await press(page, 'Save the roster');
  await page.route('**/en/session', (route) => route.fulfill({ json: { rest: 100, end: 40_000 } }), { times: 1 });
  await page.clock.install();
  await page.goto(roster);
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.getByLabel('Stands in').selectOption({ label: 'Jelle Brouwer' });
  // What was typed is kept before the dialog opens.
  await expect(async () => {
    await page.clock.fastForward('13:30');
    await expect(page.getByRole('dialog', { name: 'Your sign-in is about to end' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.goto(roster);
  await expect(box, 'a box that was unticked').not.toBeChecked();
  await expect(page.getByLabel('Stands in').locator('option:checked')).toHaveText('Jelle Brouwer');
});
