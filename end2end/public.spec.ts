// What everybody can see: the catalogue, help and statements, and the look of the pages.

import { choose, expectHeading, fill, follow, press } from './support/form.ts';
import { DEMO, givePassword, signIn } from './support/people.ts';
import { withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

/** Searches: with scripts the table follows what is typed, without them the button is pressed. */
async function search(page: Page, text: string): Promise<void> {
  await page.goto('/en/substances');
  const input = page.getByRole('searchbox', { name: 'Name or number' });
  if (!withScripts()) {
    await input.fill(text);
    await press(page, 'Search');
    return;
  }
  await input.pressSequentially(text);
  await expect(page.locator('#substances-count')).toContainText(`“${text}”`);
}

for (const [how, typed, found] of [
  ['a name', 'acetic anhydride', 'Acetic anhydride'],
  ['a mistyped name', 'potasium permangante', 'Potassium permanganate'],
  ['a CAS number', '108-24-7', 'Acetic anhydride'],
  ['a customs number', '2915.24', 'Acetic anhydride'],
  ['another name', 'P2P', '1-Phenyl-2-propanone'],
] as const) {
  test(`the catalogue is searched by ${how}`, async ({ page }) => {
    await search(page, typed);
    await expect(page.locator('#substances tbody tr').first()).toContainText(found);
    if (withScripts()) await expect(page, 'the address can be copied').toHaveURL(/[?&]q=/);
  });
}

test('what is not in the catalogue can be reported all the same', { tag: '@once' }, async ({ page }) => {
  await search(page, 'zzzzqqqq');
  await expect(page.getByText('Not in the catalogue')).toBeVisible();
  await expect(page.locator('#substances-found')).toBeHidden();
  await follow(page, 'Report it');
  await expectHeading(page, 'Before you report');
});

test('the list is narrowed and kept as a file', { tag: '@once' }, async ({ page, request }) => {
  await page.goto('/en/substances');
  await page.getByLabel('Kind').selectOption('Equipment');
  await press(page, 'Apply filters');
  await expect(page.getByText('Kind: Equipment')).toBeVisible();
  const rows = await page.locator('#substances tbody tr').count();
  const link = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href');
  const file = await request.get(link ?? '');
  expect(file.headers()['content-type']).toContain('text/csv');
  expect((await file.text()).trim().split('\n')).toHaveLength(rows + 1);
});

test('a CAS number with a wrong digit is told, with what it could be', async ({ page }) => {
  await page.goto('/en/substances/check');
  await fill(page, { 'Name on the order': 'Acetic anhydride', 'CAS number on the order': '108-24-8' });
  await press(page, 'Check');
  await expect(page.getByText(/108-24-8 cannot be right/)).toBeVisible();
  await expect(page.getByText(/108-24-7/).first()).toBeVisible();
  await fill(page, { 'CAS number on the order': '67-64-1' });
  await press(page, 'Check');
  await expect(page.getByText('They do not belong together')).toBeVisible();
});

test('what a substance is misused for is shown to officers only', { tag: '@once' }, async ({ page }) => {
  const path = '/en/substances/acetic-anhydride';
  await page.goto(path);
  await expectHeading(page, 'Acetic anhydride');
  await expect(page.getByRole('heading', { name: 'Lawful uses' })).toBeVisible();
  await expect(page.getByText(/heroin/i)).toHaveCount(0);
  await expect(page.getByText('For signed-in officers')).toHaveCount(0);

  await signIn(page, DEMO.applicant);
  await page.goto(path);
  await expect(page.getByText('For signed-in officers'), 'not for those who have only applied').toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, DEMO.companyOfficer);
  await page.goto(path);
  await expect(page.getByText('For signed-in officers')).toBeVisible();
  await expect(page.getByText(/heroin/i).first()).toBeVisible();
});

test('a report begins with the substance one was looking at', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/substances/acetic-anhydride');
  await follow(page, 'Report with this substance');
  await expectHeading(page, 'Before you report');
  await follow(page, 'Sign in and start');
  await givePassword(page, DEMO.companyOfficer);
  await follow(page, /^Start a report for Meridian/);
  await choose(page, 'About ten minutes: the full report');
  await press(page, 'Begin');
  await follow(page.locator('.tasks'), 'Substances and equipment');
  await choose(page, 'Chemicals, medicines or mixtures');
  await press(page, 'Save and continue');
  await expect(page.getByText('Acetic anhydride').or(page.locator('input[value="Acetic anhydride"]')).first()).toBeAttached();
});

test('light and dark are chosen with or without scripts, and kept', async ({ page }) => {
  await page.goto('/en/help');
  // The first part of an oklch() colour is its lightness, from 0 to 1.
  const lightness = () =>
    page.evaluate(() => Number(/^oklch\(([\d.]+)/.exec(getComputedStyle(document.documentElement).backgroundColor)?.[1]));
  await press(page, 'Dark');
  await expectHeading(page, 'Help');
  expect(await lightness()).toBeLessThan(0.3);
  await press(page, 'Light');
  expect(await lightness()).toBeGreaterThan(0.9);
  await page.goto('/en/status');
  await expect(page.getByRole('button', { name: 'Light', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('help, statements, status and the blank form say what they should', { tag: '@once' }, async ({ page }) => {
  for (const [path, title, words] of [
    ['/en/help', 'Help', '+31 70 555 0110'],
    ['/en/accessibility', 'Accessibility', 'Web Content Accessibility Guidelines'],
    ['/en/privacy', 'Privacy', '__Host-session'],
    ['/en/status', 'Service status', 'Everything works'],
    ['/en/report/blank-form', 'Blank form for a report', 'What happened, in your own words?'],
    ['/en/report/start', 'Before you report', 'Do not tell the customer'],
  ] as const) {
    await page.goto(path);
    await expectHeading(page, title);
    await expect(page.locator('main')).toContainText(words);
  }
});

test('the start page opens its doors', { tag: '@once' }, async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/en\/$/);
  for (const [door, title] of [
    ['Report an order', 'Before you report'],
    ['Check a customer', 'Check a customer'],
    ['Learn', 'Learn'],
    ['Look up a substance', 'Substances'],
    ['Apply for an account', 'Register your company'],
  ] as const) {
    await page.goto('/en/');
    await follow(page, door);
    await expectHeading(page, title);
  }
});

test('an address that leads nowhere says so', { tag: '@once' }, async ({ page }) => {
  const answer = await page.goto('/en/there-is-no-such-page');
  expect(answer?.status()).toBe(404);
  await expectHeading(page, 'Page not found');
});

test('the first link of a page leads past the navigation', { tag: '@js' }, async ({ page }) => {
  await page.goto('/en/help');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
