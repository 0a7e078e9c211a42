// Risk and decisions: seen before they count, limits, a second person, what is due, the report from a file, the file as PDF.

import { fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a customer is approved with limits after it was seen what that comes to', async ({ page }) => {
  const name = `Grenslab ${unique()}`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers/new');
  await fill(page, { 'Legal name': name });
  await page.getByLabel('Country of registration').selectOption('NL');
  await page.getByLabel('Registration number').fill('81204417');
  await press(page, 'Add the customer');
  await follow(page, 'Add: Substance');
  await fill(page, { Substance: 'Toluene', 'Expected in a year': '200 kg', 'Declared use': 'Thinner' });
  await press(page, 'Save');
  await expect(page.locator('#decision')).toBeVisible();
  await follow(page, 'Decide');
  await press(page, 'See what it comes to');
  await expect(problems(page)).toHaveCount(2);
  await page.getByLabel('Approve with limits').check();
  await page.getByLabel('Toluene: at most').fill('50 kg');
  await page.getByLabel('Why?').fill('A trial order first.');
  await press(page, 'See what it comes to');
  await expect(page.getByRole('heading', { level: 1, name: 'Before it counts' })).toBeVisible();
  await expect(page.getByText('Toluene: at most 50 kg a year')).toBeVisible();
  await press(page, 'Decide it');
  await expect(page.locator('.banner')).toContainText(/Decided/);
});

test('high risk waits for a colleague, who finds it under what is due', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyAdmin);
  await page.goto('/en/c/meridian/customers/due?what=waiting');
  await page.locator('#waiting').getByRole('link', { name: 'Harbour Trading House N.V.' }).click();
  await page.getByLabel('I do not agree').check();
  await press(page, 'Answer');
  await expect(problems(page)).toHaveCount(1);
  await page.getByLabel('Why not, or what you looked at').fill('Ask who owns it first.');
  await page.getByLabel('I do not agree').check();
  await press(page, 'Answer');
  await expect(page.getByText('Turned down: the colleague is told')).toBeVisible();
});

test('what is due is filtered, and the overview counts it', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/');
  await page.getByRole('link', { name: 'customers due for review' }).click();
  await expect(page.locator('#reviews')).toContainText('Fjord Process Chemicals AS');
  await expect(page.locator('#reviews')).toContainText('Its owners have changed');
});

test('a report begins with everything that the file says, once', async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers');
  await page.getByRole('link', { name: 'Rheintal Chemie GmbH' }).click();
  await press(page, 'Report this customer');
  const draft = page.url();
  await page.goto('/en/c/meridian/customers');
  await page.getByRole('link', { name: 'Rheintal Chemie GmbH' }).click();
  await press(page, 'Go on with the report that was begun');
  expect(page.url()).toBe(draft);
});

test('the file is taken as PDF', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers');
  await page.getByRole('link', { name: 'Noorderlicht Coatings B.V.' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Take the file as PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/^customer-[0-9a-f]+-\d+\.pdf$/);
});
