// Saved views: filters under a name above the queue, and the queue opens with one.

import { fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('filters are saved, opened with, and removed', async ({ page }) => {
  const name = `Red ${unique()}`.slice(0, 30);
  await signIn(page, DEMO.supervisor);
  await page.goto('/en/a/pco-nl/queue?band=red');
  const rows = await page.locator('[data-queue] > li').count();
  await follow(page, 'Save this view');
  await press(page, 'Save this view');
  await expect(problems(page)).toHaveText(['Enter a name with letters or digits']);
  await fill(page, { Name: name });
  await page.getByLabel('My queue opens with it').check();
  await press(page, 'Save this view');
  await expect(page.getByText('View saved')).toBeVisible();
  await page.goto('/en/a/pco-nl/queue');
  await expect(page).toHaveURL(/band=red/);
  await expect(page.locator('[data-queue] > li')).toHaveCount(rows);
  await page.goto('/en/a/pco-nl/views');
  const row = page.locator('#views tr', { hasText: name });
  await press(row, `Remove ${name}`);
  await expect(page.getByText('View removed')).toBeVisible();
  await page.goto('/en/a/pco-nl/queue');
  await expect(page).not.toHaveURL(/band=red/);
});
