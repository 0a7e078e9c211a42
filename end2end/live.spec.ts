// Live updates: a page says that something changed without swapping anything, and who else is there.

import { press, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a page says what changed, and keeps what is being typed', { tag: '@js' }, async ({ page, enter }) => {
  const company = await enter(DEMO.companyOfficer);
  const sent = await quickReport(company, `Somebody asked for reagents. ${unique()}`);
  await signIn(page, DEMO.officer);
  await page.goto(`/en/a/pco-nl/reports/${sent}`);
  const note = page.getByLabel('Note for colleagues');
  const words = `Half a sentence ${unique()}`;
  await note.fill(words);

  const colleague = await enter(DEMO.supervisor);
  await colleague.goto(`/en/a/pco-nl/reports/${sent}`);
  await expect(colleague.locator('.live__here')).toContainText('Jelle Brouwer is writing a note.');
  await press(colleague, 'Assign to me');

  await expect(page.locator('.live__changes')).toContainText('since you opened this page');
  await expect(note, 'nothing that was typed is lost').toHaveValue(words);
  await expect(note, 'and the focus stays').toBeFocused();
  await page.locator('.live__changes a').click();
  await expect(page.getByRole('heading', { name: /Since you last looked/ })).toBeVisible();
  await expect(page.getByLabel('Note for colleagues')).toHaveValue(words);
});

test('who is at a report stands in the queue', async ({ page, enter }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-nl/queue');
  const link = page.locator('.queue__title a').first();
  const href = await link.getAttribute('href');
  const colleague = await enter(DEMO.supervisor);
  await colleague.goto(href ?? 'no report in the queue');
  await page.goto('/en/a/pco-nl/queue');
  await expect(page.locator('[data-queue] > li').first()).toContainText('is looking at this report');
});
