// Advice on a planned sale: a company asks from a customer's file and sees what is sent, the desk sees who else asks and
// advises, the company says what it did; a report is made of it; the neutral wordings.

import { choose, expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn, signOut } from './support/people.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

async function ask(page: Page, buyer: string): Promise<string> {
  await room(page, 'Customers');
  await page.locator('#customers tbody a').first().click();
  await follow(page, 'Ask the authority about a sale');
  await expect(page.getByText('Filled in from the customer’s file.', { exact: false })).toBeVisible();
  const who = page.getByRole('group', { name: 'Who wants to buy' });
  await who.getByLabel('Name', { exact: true }).fill(buyer);
  await page.getByLabel('What worries you', { exact: true }).fill('They want to pay in cash.');
  await press(page, 'Save and look at it');
  await expect(problems(page)).toContainText([/Say when the goods are to leave/]);
  await expect(page.getByLabel('What worries you', { exact: true })).toHaveValue('They want to pay in cash.');
  await page.getByLabel('Substance 1', { exact: true }).fill('Acetone');
  await page.getByLabel('Quantity 1', { exact: true }).fill('3 drums of 200 l');
  await page.getByLabel('What they say it is for', { exact: true }).fill('Cleaning moulds');
  await page.getByLabel('When the goods are to leave', { exact: true }).fill('1 December 2099, 9:00');
  await press(page, 'Save and look at it');
  await expectHeading(page, 'Look at what will be sent');
  await expect(page.getByText(buyer)).toBeVisible();
  await press(page, 'Send it to the authority');
  await expect(page.getByRole('status').first()).toContainText('Sent.');
  return page.url().split('?')[0] ?? '';
}

test('a company asks, the desk advises, the company says what it did', async ({ page, javaScriptEnabled }) => {
  const buyer = `Quayside Buyer ${javaScriptEnabled ? 'One' : 'Two'}`;
  await signIn(page, DEMO.companyOfficer);
  const address = await ask(page, buyer);
  await signOut(page);

  await signIn(page, DEMO.officer);
  await room(page, 'Advice');
  await page.locator('.queue__row', { hasText: buyer }).locator('.queue__title a').click();
  await expect(page.getByText('They want to pay in cash.')).toBeVisible();
  await press(page, 'Take it');
  await page.locator('summary', { hasText: 'Give advice' }).click();
  await choose(page, 'Do not ship');
  await page.getByLabel('For the company', { exact: true }).fill('Please keep the goods.');
  await press(page, 'Send the advice');
  await expect(page.getByRole('status').first()).toContainText('The advice is sent');
  await signOut(page);

  await signIn(page, DEMO.companyOfficer);
  await page.goto(address);
  await expect(page.getByText('The authority’s advice: Do not ship')).toBeVisible();
  await expect(page.getByText('Advice is not a licence.', { exact: false })).toBeVisible();
  await choose(page, 'We refused');
  await press(page, 'Tell the authority');
  await expect(page.getByRole('status').first()).toContainText('Noted');
  await press(page, 'Make a report of it');
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f]{32}$/u);
});

test('the desk sees that two companies ask about the same buyer', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await room(page, 'Advice');
  await page.locator('.queue__row', { hasText: 'Toluene' }).locator('.queue__title a').click();
  await expect(page.getByText('Another company asks about the same parties')).toBeVisible();
});

test('wordings are found, and say what must not be said', async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Wordings');
  await fill(page, { 'Find words': 'availability' });
  await page.getByRole('button', { name: 'Apply filters' }).click();
  await expect(page.getByRole('heading', { name: 'Availability and date are being looked at' })).toBeVisible();
  await expect(page.getByText('Never say', { exact: false }).first()).toBeVisible();
});
