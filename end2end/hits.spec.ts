// Customers on watch lists: a file is screened when it is made, a grave hit takes two colleagues, and what was known on a day stays.

import { fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a hit is found, decided by two, and told as it was on a day', async ({ page, browser }) => {
  const name = `Silberweg Handel ${unique()}`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers/new');
  await fill(page, { 'Legal name': name });
  await page.getByLabel('Country of registration').selectOption('DE');
  await press(page, 'Add the customer');
  await follow(page, 'Add: Name');
  await page.getByLabel('Name', { exact: true }).fill('Silberweg Handelsgesellschaft mbH');
  await page.getByLabel('What it is').selectOption('trading');
  await press(page, 'Save');
  const file = page.url().replace(/\?.*/, '');
  await expect(page.getByText('Names in this file wait to be compared with a watch list')).toBeVisible();
  await page.locator('#hits tbody th a').first().click();
  const hit = page.url();
  await press(page, 'Decide');
  await expect(problems(page)).toHaveText([/Choose what it is/, /Say why/]);
  await page.getByLabel('A match', { exact: true }).check();
  await page.getByLabel('Why', { exact: true }).fill('Same name and same street.');
  await press(page, 'Decide');
  await expect(page.getByRole('status')).toContainText('It waits for a second colleague');

  const other = await browser.newPage();
  await signIn(other, DEMO.companyAdmin);
  await other.goto(hit);
  await other.getByRole('button', { name: 'I agree', exact: true }).click();
  await expect(other.getByRole('status')).toContainText('Agreed');
  await other.close();

  await page.goto(file);
  await expect(page.getByText('Somebody in this file is on a watch list')).toBeVisible();
  await follow(page, 'What did we know on a day?');
  await expect(page.getByRole('heading', { name: /Silberweg Handelsgesellschaft mbH/ }).first()).toBeVisible();
  await expect(page.getByText('Same name and same street.')).toBeVisible();
});
