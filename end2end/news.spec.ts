// What is new to an officer: in the queue, on a report, until it is opened.

import { fill, press, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a report is new until it is opened, and what a reporter says later is new again', async ({ page, enter }) => {
  await signIn(page, DEMO.officer);
  const company = await enter(DEMO.companyOfficer);
  const sent = await quickReport(company, `Somebody asked for reagents. ${unique()}`);
  const row = page.locator('[data-queue] > li', { hasText: sent });
  await page.goto('/en/a/pco-nl/queue?view=news');
  await expect(row).toContainText('New: report');
  await page.goto(`/en/a/pco-nl/reports/${sent}`);
  await expect(page.getByRole('heading', { name: /Since you last looked/ })).toHaveCount(0);
  await page.goto('/en/a/pco-nl/queue?view=news');
  await expect(row).toHaveCount(0);

  const said = `The van came back. ${unique()}`;
  await company.goto(`/en/c/meridian/reports/${sent}`);
  await fill(company, { 'Message to the authority': said });
  await press(company, 'Send the message');
  await page.goto('/en/a/pco-nl/queue?view=news');
  await expect(row).toContainText('New: message');
  await page.goto(`/en/a/pco-nl/reports/${sent}`);
  const since = page.locator('section', { has: page.getByRole('heading', { name: /Since you last looked/ }) });
  await expect(since).toContainText(said);
});
