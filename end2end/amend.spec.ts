// Amending a sent report: the same questions, another version under the same reference, and both sides read what is different.

import { expectHeading, fill, follow, press } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a report is amended and both sides see what changed', async ({ page, enter }) => {
  test.slow();
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/');
  const reference = await quickReport(page, 'Somebody asked for solvents without papers.');

  await page.goto(`/en/c/meridian/reports/${reference}`);
  await press(page, 'Amend this report');
  const tasks = page.url();
  await expect(page.getByText(`Amendment of report ${reference}`)).toBeVisible();
  await page.goto(`${tasks}/check`);
  await expect(page.getByText('You have changed nothing yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send the amendment' })).toHaveCount(0);

  await page.goto(tasks);
  await follow(page.locator('.tasks'), 'Why does it look suspicious to you?');
  await fill(page, { 'Why does it look suspicious to you?': 'They came back with cash.' });
  await press(page, 'Save and exit');
  await page.goto(`${tasks}/check`);
  const changes = page.getByRole('region', { name: 'What you change' });
  await expect(changes.locator('del')).toContainText('They would not say what it is for.');
  await expect(changes.locator('ins')).toContainText('They came back with cash.');
  await press(page, 'Send the amendment');
  await expectHeading(page, /Report sent/);
  expect(page.url()).toContain(reference);

  const desk = await enter(DEMO.officer);
  await desk.goto(`/en/a/pco-nl/reports/${reference}`);
  await expect(desk.getByText(/Amended on .*: 1 answer changed/).first()).toBeVisible();
  await follow(desk.locator('main'), 'See what changed');
  await expect(desk.locator('.changes')).toContainText('They came back with cash.');
});

test('a report is withdrawn with a reason and the desk keeps it', { tag: '@once' }, async ({ page, enter }) => {
  test.slow();
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/');
  const reference = await quickReport(page, 'Our own trainee placed a test order.');
  await page.goto(`/en/c/meridian/reports/${reference}`);
  await page.getByText('Withdraw this report').click();
  await page.getByLabel('Another reason (please say which)').check();
  await fill(page, { 'In a few words': 'It was a test of our own.' });
  await press(page, 'Withdraw the report');
  await expect(page.getByText('Withdrawn: Another reason')).toBeVisible();

  const desk = await enter(DEMO.officer);
  await desk.goto(`/en/a/pco-nl/reports/${reference}`);
  await expect(desk.getByText(/Taken back by the reporter/).first()).toBeVisible();
  await expect(desk.getByText('It was a test of our own.').first()).toBeVisible();
});
