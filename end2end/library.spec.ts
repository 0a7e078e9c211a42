// What everybody can look up: the library, one search over everything, figures of what was reported, and who says what it costs.

import { expectHeading, field, follow, press } from './support/form.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('from the start page to a resolution, by the library and by the search', async ({ page }) => {
  await page.goto('/en/');
  await follow(page.getByRole('main'), 'Library');
  await expectHeading(page, 'Library');
  await page.getByLabel('What it is', { exact: true }).selectOption('Law');
  await press(page, 'Apply filters');
  await expect(page.getByText('What it is: Law')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Resolution 60\/5/ })).toHaveCount(0);
  await follow(page, /^Regulation \(EC\) No 273\/2004/);
  await expect(page.getByRole('link', { name: 'Read the original' })).toHaveAttribute('href', /^https:\/\/eur-lex/);

  await page.getByRole('searchbox', { name: 'Find on this site' }).fill('voluntray partnerships');
  await press(page, 'Find');
  await expectHeading(page, 'Find on this site');
  await follow(page, 'Did you mean “voluntary partnerships”?');
  await expect(page.locator('mark').first()).toBeVisible();
  await field(page, 'What are you looking for?').fill('acetik anhydrid');
  await press(page, 'Find');
  await follow(page, 'Acetic anhydride');
  await expectHeading(page, 'Acetic anhydride');
  await follow(page, /^1988 Convention, Article 12/);
  await expect(page.getByText('1582, No. 27627')).toBeVisible();
});

test('what was reported is told in figures that tell of nobody, and what it costs', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/statistics');
  const kinds = page.locator('#kinds');
  await expect(kinds.getByRole('row', { name: /Someone placed an order/ })).toContainText('about');
  await expect(kinds.getByRole('row', { name: /Something was lost/ })).toContainText('not told');
  await page.getByLabel('Quarter').selectOption({ index: 1 });
  await press(page, 'Show');
  await expect(page).toHaveURL(/quarter=\d{4}-Q\d/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^statistics-.*\.csv$/);
  await follow(page, 'What this installation costs and what it lacks');
  await expectHeading(page, 'Openness');
  await expect(page.getByText('18 600 EUR, 1 Jan 2026 to 31 Dec 2026')).toBeVisible();
  await follow(page, /^Version 0/);
  await expect(page.getByText('You are reading an earlier version')).toBeVisible();
});
