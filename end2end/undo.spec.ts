// Undo: what was just done at the desk is taken back within ten seconds, with and without scripts.

import type { Page } from '@playwright/test';

import { choose, expectHeading, fill, leads, press, unique } from './support/form.ts';
import { keysAreHeard } from './support/desk.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const DESK = '/en/a/pco-nl';

/** A new report of a company, opened on its own page by an officer. */
async function opened(page: Page, company: Page): Promise<string> {
  await company.goto('/en/c/meridian/');
  const sent = await quickReport(company, `Somebody asked for reagents. ${unique()}`);
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/reports/${sent}`);
  return sent;
}

async function close(page: Page): Promise<void> {
  await page.locator('[data-act=close] > summary').click();
  await choose(page.locator('[data-act=close]'), 'Sent in error or as a test');
  await press(page.locator('[data-act=close]'), 'Close the report');
  await expect(page.locator('.banner')).toContainText('within');
}

test('a decision is undone before the reporter sees it', async ({ page, enter }) => {
  const company = await enter(DEMO.companyOfficer);
  const sent = await opened(page, company);
  await close(page);
  await leads(page, () => page.getByRole('button', { name: /^Undo/ }).click());
  await expect(page.locator('.banner')).toContainText('Undone');
  await expect(page.getByText('Undid at once what they had just done').first()).toBeVisible();
  await company.goto(`/en/c/meridian/reports/${sent}`);
  await expect(company.locator('main')).not.toContainText('Closed');
});

test('the key Z undoes, and the line goes away by itself', { tag: '@js' }, async ({ page, enter }) => {
  await opened(page, await enter(DEMO.companyOfficer));
  await press(page, 'Assign to me');
  await keysAreHeard(page);
  await leads(page, () => page.keyboard.press('z'));
  await expect(page.locator('.banner')).toContainText('Undone');
  await press(page, 'Assign to me');
  await expect(page.locator('[data-undo]')).toBeVisible();
  await expect(page.locator('[data-undo]')).toHaveCount(0, { timeout: 15_000 });
});

test('a report that somebody changed meanwhile is not undone', async ({ page, enter }) => {
  const company = await enter(DEMO.companyOfficer);
  const sent = await opened(page, company);
  await close(page);
  await company.goto(`/en/c/meridian/reports/${sent}`);
  await fill(company, { 'Message to the authority': 'The van came back.' });
  await press(company, 'Send the message');
  await leads(page, () => page.getByRole('button', { name: /^Undo/ }).click());
  await expectHeading(page, 'Somebody has changed it since: not undone');
});
