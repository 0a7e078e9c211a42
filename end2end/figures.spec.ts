// Figures of the desk: what the charts show stands in tables, a period is chosen, and all of it can be taken away.

import { leads } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const FIGURES = '/en/a/pco-nl/figures';

test('figures have a table beside each chart and follow the period', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.supervisor);
  await page.goto(FIGURES);
  await expect(page.locator('.stats')).toContainText('Half answered within');
  await expect(page.locator('#by-week tbody tr')).toHaveCount(13);
  await expect(page.getByRole('img', { name: /Reports by week and kind/ })).toBeVisible();
  await expect(page.locator('#by-age tbody tr')).toHaveCount(5);
  await expect(page.locator('#by-substance')).toContainText('Acetic anhydride');
  await page.getByLabel('Period').selectOption({ label: 'Last 4 weeks' });
  await leads(page, () => page.getByRole('button', { name: 'Show' }).click());
  await expect(page).toHaveURL(/weeks=4/);
  await expect(page.locator('#by-week tbody tr')).toHaveCount(4);
});

test('another authority has no figures for one', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-ca/figures');
  await expect(page.locator('h1')).not.toContainText('Figures');
});
