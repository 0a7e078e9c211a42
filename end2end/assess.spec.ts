// Before a sale: what the law asks, for everybody; a first look at the sale, for companies.

import { expectHeading, field, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('everybody reads what the law asks, from a substance to a country of destination', async ({ page }) => {
  await page.goto('/en/substances/acetic-anhydride');
  await follow(page, 'What the law asks, by country and role');
  await expectHeading(page, 'What the law asks');
  await expect(field(page, 'Substance, mixture or machine')).toHaveValue('Acetic anhydride');
  await press(page, 'Show the duties');
  await expect(problems(page)).toHaveText([/Choose the country where you are/]);
  await page.getByLabel('Where you are', { exact: true }).selectOption('NL');
  await page.getByLabel('Where the goods go, if they leave the country').selectOption('CA');
  await press(page, 'Show the duties');
  await expect(page.getByRole('heading', { name: /Acetic anhydride: from .* to Canada/ })).toBeVisible();
  const permits = page.getByRole('region', { name: 'Import and export permits' });
  await expect(permits).toContainText('Each export needs an authorisation');
  await expect(permits).toContainText('At the destination');
  await expect(page.getByRole('region', { name: 'Licence' })).toContainText('Announced, not in force');
  await expect(page.getByText('A help, not legal advice')).toBeVisible();
});

test('where nothing is known the page says so', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/duties?substance=ephedrine&country=IN');
  await expect(page.getByRole('region', { name: 'Registration' })).toContainText('Not known to this catalogue; ask the competent authority.');
});

test('a sale is assessed, nothing is kept, and one press makes a report of it', async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Assess a sale');
  await fill(page, { 'Name of the substance or product': 'Acetic anhydride', Quantity: '99 l', 'Name of the company or person': 'Brightwater Café' });
  await page.getByLabel('Line of business (ISIC or NACE)').selectOption('56');
  await page.getByLabel('What kind of place is it?').selectOption('A post box or mailbox shop');
  await page.getByLabel('How did they pay, or want to pay?').selectOption('Cash');
  await fill(page, { 'Country of destination': 'Canada' });
  await press(page, 'Assess');
  await expect(page).toHaveURL(/\/assess$/u);
  await expect(page.getByRole('heading', { name: 'What we see' })).toBeVisible();
  await expect(page.locator('.reason', { hasText: 'Delivery to a post box, mailbox shop' })).toBeVisible();
  await expect(page.getByText('Unusual', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Screen this name/ })).toBeVisible();
  await expect(field(page, 'Quantity'), 'what was typed is there').toHaveValue('99 l');
  await page.goto('/en/c/meridian/assess');
  await expect(field(page, 'Quantity'), 'nothing was kept').toHaveValue('');

  await fill(page, { 'Name of the substance or product': 'Acetic anhydride', Quantity: '99 l' });
  await press(page, 'Make a report of this');
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f]{32}$/u);
  await page.goto(`${page.url()}/substances/amount-1`);
  await expect(field(page, 'Quantity')).toHaveValue('99 l');
});
