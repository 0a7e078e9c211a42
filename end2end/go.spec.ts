// The palette and the page "Go to": everywhere one can go, and the acts of the page at hand.

import type { Locator, Page } from '@playwright/test';

import { expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const DESK = '/en/a/pco-nl';

/** What the palette offers; selects of the page have options too. */
const offered = (page: Page): Locator => page.locator('#palette').getByRole('option');

async function palette(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Place, report or act' })).toBeFocused();
  await expect(offered(page).filter({ hasText: /Queue: Mine/ })).toHaveCount(1);
  await page.keyboard.type(typed);
}

/** Scripts have come once the watch of the sign-in and the palette are there. */
async function ready(page: Page): Promise<void> {
  await expect(page.locator('[data-keys] :focus, [data-keys]:focus')).toHaveCount(1);
}

test('the page leads everywhere and to a report by its reference', async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue`);
  const reference = (await page.locator('[data-row]').first().getAttribute('data-row')) ?? '';
  await page.goto('/en/me');
  await page.locator('.menu--end > summary').click();
  // With scripts the same link opens the palette.
  await expect(page.locator('.menu--end').getByRole('link', { name: /^Go to/ })).toHaveAttribute('href', '/en/go');
  await page.goto('/en/go');
  await expectHeading(page, 'Go to');
  await expect(page.locator('main').getByRole('link', { name: 'Labels', exact: true })).toHaveCount(0);
  await fill(page, { 'Reference of a report': 'FR-0000' });
  await press(page, 'Open the report');
  await expect(problems(page)).toHaveText(['This is no reference of a report. Check it']);
  await fill(page, { 'Reference of a report': reference });
  await press(page, 'Open the report');
  await expect(page).toHaveURL(new RegExp(`${DESK}/reports/${reference}`));
  await page.goto('/en/go');
  await expect(page.locator('main')).toContainText(reference);
  await follow(page.locator('main'), 'Queue: Mine');
  await expect(page).toHaveURL(/view=mine/);
});

test('another’s report is not told apart from none', async ({ page, enter }) => {
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue`);
  const reference = (await page.locator('[data-row]').first().getAttribute('data-row')) ?? '';
  const company = await enter(DEMO.applicant);
  await company.goto(`/en/go?to=${reference}`);
  await expect(problems(company)).toHaveText(['There is no report with this reference that you may open. Check it']);
});

test('typing finds a place, arrows choose, Enter opens, Escape closes', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue`);
  await ready(page);
  await palette(page, 'duty');
  await expect(offered(page).first()).toContainText('Duty roster');
  await expect(offered(page).first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('#palette [role=status]')).toHaveText(/fits?$/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expectHeading(page, 'Duty roster');
  await page.goto(`${DESK}/queue`);
  await ready(page);
  await palette(page, 'qqqq');
  await expect(page.locator('#palette [role=status]')).toHaveText('Nothing fits');
  await page.keyboard.press('Escape');
  await expect(page.locator('#palette')).toBeHidden();
});

test('an act of the page opens its form', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue`);
  await page.locator('.queue__title a').first().click();
  await ready(page);
  await palette(page, 'duplicate');
  await expect(offered(page).first()).toContainText('On this page');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-act=duplicate]')).toHaveAttribute('open', '');
  await expect(page.locator('[data-act=duplicate] input:not([type=hidden])').first()).toBeFocused();
});
