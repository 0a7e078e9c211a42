// Search at the desk: by folded words and beginnings, never in the address, with help where a word is mistyped.

import type { Page } from '@playwright/test';

import { keysAreHeard } from './support/desk.ts';
import { expectHeading, fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

async function look(page: Page, words: string): Promise<void> {
  await fill(page, { 'Words, names or a reference': words });
  await press(page, 'Search');
}

test('a report is found by a folded word, by a beginning and by its reference', { tag: '@once' }, async ({ page, enter }) => {
  const word = `q${unique()}`;
  const company = await enter(DEMO.companyOfficer);
  const sent = await quickReport(company, `They wrote from Café Ångström ${word}.`);
  await signIn(page, DEMO.officer);
  await room(page, 'Search');
  await expectHeading(page, 'Search');
  for (const words of [`CAFE angstrom ${word}`, word.slice(0, -2), `"café ångström" ${word.toUpperCase()}`]) {
    await look(page, words);
    expect(page.url(), 'no word stands in the address').not.toContain(word.slice(0, 6));
    await expect(page.locator('.hit').filter({ hasText: sent })).toHaveCount(1);
    await expect(page.locator('.hit mark').filter({ hasText: word.slice(0, -2) }).first()).toBeVisible();
  }
  await follow(page.locator('.hit').filter({ hasText: sent }), /./);
  await expect(page).toHaveURL(new RegExp(`/reports/${sent}$`));
  await page.goto('/en/a/pco-nl/search');
  await look(page, sent.toLowerCase());
  await expect(page).toHaveURL(new RegExp(`/reports/${sent}$`));
});

test('a mistyped word is put right, and nothing typed is an error', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-nl/search');
  await look(page, 'silbreweg');
  await expect(page.getByText('No report says this')).toBeVisible();
  await press(page, 'Search for “silberweg” instead');
  await expect(page.locator('.hit').first()).toContainText('Silberweg');
  await look(page, '"un\'closed* OR (NOT');
  await expect(page.getByText('No report says this')).toBeVisible();
  await look(page, '?');
  await expect(problems(page)).toHaveText(['Type a word, a name or a reference']);
});

test('a search belongs to the one who asked', { tag: '@once' }, async ({ page, enter }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-nl/search');
  await look(page, 'silberweg');
  const address = page.url();
  const colleague = await enter(DEMO.secondOfficer);
  await colleague.goto(address);
  await expect(colleague.getByText('This search has ended')).toBeVisible();
  await expect(colleague.locator('main')).not.toContainText('Silberweg');
});

test('the key / leads to the search @js', async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-nl/queue');
  await keysAreHeard(page);
  await page.keyboard.press('/');
  await expectHeading(page, 'Search');
});
