// Several reports at once, and macros: what will happen is shown before, and how it went after.

import type { Page } from '@playwright/test';

import { fold, keysAreHeard } from './support/desk.ts';
import { choose, expectHeading, fill, follow, leads, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const DESK = '/en/a/pco-nl';

/** Reports of a company, newly sent. */
async function reported(company: Page, count: number): Promise<string[]> {
  const sent: string[] = [];
  for (let n = 0; n < count; n += 1) {
    await company.goto('/en/c/meridian/');
    sent.push(await quickReport(company, `Somebody asked for reagents. ${unique()}`));
  }
  return sent;
}

async function tick(page: Page, sent: string[]): Promise<void> {
  for (const one of sent) await page.locator(`[data-row="${one}"]`).getByRole('checkbox').check();
}

async function bar(page: Page, act: string): Promise<void> {
  await leads(page, () => page.locator('form.bulk').getByRole('button', { name: new RegExp(`^${act} With the selected`) }).click());
}

test('a selection is given to somebody and closed, and who was overtaken is told', async ({ page, enter }) => {
  test.slow();
  const company = await enter(DEMO.companyOfficer);
  const [first, second] = await reported(company, 2);
  if (!first || !second) throw new Error('two reports were sent');
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue?view=unassigned`);
  await bar(page, 'Give');
  await expect(page.locator('main')).toContainText('Select a report for this task');
  await follow(page, 'Back to the queue');
  await page.goto(`${DESK}/queue?view=unassigned`);
  await tick(page, [first, second]);
  await bar(page, 'Give');
  await expectHeading(page, 'Give the reports to a colleague');
  await expect(page.locator('#selection tbody tr')).toHaveCount(2);
  await press(page, 'Give 2 reports');
  await expectHeading(page, 'Done with all 2');

  await page.goto(`${DESK}/queue?view=mine`);
  await tick(page, [first, second]);
  await bar(page, 'Close');
  await press(page, 'Close 2 reports');
  await expect(problems(page)).toHaveText(['Choose a reason']);
  const colleague = await enter(DEMO.secondOfficer);
  await colleague.goto(`${DESK}/reports/${second}`);
  await press(colleague, 'Assign to me');
  await choose(page, 'Sent in error or as a test');
  await press(page, 'Close 2 reports');
  await expectHeading(page, '1 of 2 done');
  await expect(page.locator('main')).toContainText('Changed by somebody meanwhile: 1');
  await page.goto(`${DESK}/selection?act=close&selected=${first}`);
  await expect(page.locator('main')).toContainText('None of these reports can be changed this way');
});

test('a supervisor writes a macro down and an officer uses it on a report', async ({ page, enter }) => {
  test.slow();
  const name = `Usual ${unique()}`.slice(0, 30);
  await signIn(page, DEMO.supervisor);
  await page.goto(`${DESK}/macros`);
  await fill(page, { Name: name });
  await press(page, 'Add the macro');
  await expect(problems(page)).toHaveText(['Choose at least one thing that it changes']);
  await page.getByLabel('Step', { exact: true }).selectOption('Ask the reporter: the text is the question');
  await fill(page, { 'Text to the reporter': 'Please send the end-use declaration.' });
  await press(page, 'Add the macro');
  await expect(page.getByText('Macro added')).toBeVisible();

  const company = await enter(DEMO.companyOfficer);
  const [sent] = await reported(company, 1);
  const officer = await enter(DEMO.officer);
  await officer.goto(`${DESK}/reports/${sent}`);
  await fold(officer, 'macro');
  await officer.locator('[data-act=macro]').getByLabel('Macro').selectOption(name);
  await press(officer, 'Look at what it does');
  await expectHeading(officer, `Macro “${name}”`);
  await expect(officer.locator('main')).toContainText('Please send the end-use declaration.');
  await press(officer, 'Use the macro on 1 report');
  await expectHeading(officer, 'Done with all 1');
  await company.goto(`/en/c/meridian/reports/${sent}`);
  await expect(company.getByText('Please send the end-use declaration.').first()).toBeVisible();

  await page.goto(`${DESK}/macros`);
  await follow(page, `Change ${name}`);
  await follow(page, 'Remove the macro');
  await press(page, 'Remove the macro');
  await expect(page.getByText('Macro removed')).toBeVisible();
});

test('rows are selected by keys', { tag: '@js' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue`);
  await keysAreHeard(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.locator('[data-bulk-count]')).toHaveText('1 selected');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await expect(page.locator('[data-bulk-count]')).toHaveText('3 selected');
  await page.keyboard.press('x');
  await expect(page.locator('[data-bulk-count]')).toHaveText('2 selected');
  await leads(page, () => page.keyboard.press('3'));
  await expectHeading(page, 'Close the reports');
  await expect(page.locator('#selection tbody tr')).toHaveCount(2);
});
