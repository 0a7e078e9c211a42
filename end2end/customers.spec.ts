// Files of customers: adding one, putting right a wrong number, owners, documents, and an import from a file to its end.

import { fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a customer is added, its owners are worked out, its history is told', async ({ page }) => {
  const name = `Kustlab ${unique()}`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers');
  await follow(page, 'Add a customer');
  await press(page, 'Add the customer');
  await expect(problems(page)).toHaveText(['Legal name: enter it', 'Country of registration: choose one']);
  await fill(page, { 'Legal name': name });
  await page.getByLabel('Country of registration').selectOption('NL');
  await press(page, 'Add the customer');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await follow(page, 'Add: Numbers');
  await page.getByLabel('LEI').fill('5493001KJTIIGC8Y1R13');
  await press(page, 'Save');
  await expect(problems(page)).toHaveText([/digits do not fit/]);
  await expect(page.getByLabel('LEI')).toHaveValue('5493001KJTIIGC8Y1R13');
  await page.getByLabel('LEI').fill('5493001KJTIIGC8Y1R12');
  await press(page, 'Save');
  for (const [holder, kind, share, of] of [
    ['Top Holding', 'company', '60', ''],
    ['Ada Vos', 'person', '50', 'Top Holding'],
  ] as const) {
    await follow(page, 'Add: Owner');
    await page.getByLabel('Who holds the share').fill(holder);
    await page.getByLabel('What this holder is').selectOption(kind);
    if (of) await page.getByLabel('In whom').selectOption({ label: of });
    await page.getByLabel('Share in per cent').fill(share);
    await press(page, 'Save');
  }
  await expect(page.locator('#owners tr', { hasText: 'Ada Vos' })).toContainText('30 %');
  await expect(page.locator('.owners__chart')).toBeVisible();
  await follow(page, 'History');
  await expect(page.locator('#history tbody tr')).toHaveCount(4);
  await page.locator('#history tbody a').first().click();
  await expect(page.getByText('Owner: Ada Vos')).toBeVisible();
});

test('a document is added, checked and put aside', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers');
  await page.getByRole('link', { name: 'Fjord Process Chemicals AS' }).click();
  await follow(page, 'Add a document');
  await page.getByLabel('What it is').selectOption('licence');
  const number = `L-${unique()}`;
  await page.getByLabel('Number on it').fill(number);
  await page.getByLabel('Valid through').fill('soon');
  await press(page, 'Add the document');
  await expect(problems(page)).toHaveCount(1);
  await expect(page.getByLabel('Number on it')).toHaveValue(number);
  await page.getByLabel('Valid through').fill('31 December 2030');
  await page.getByLabel('Copy').setInputFiles({ name: 'licence.txt', mimeType: 'text/plain', buffer: Buffer.from('A licence.') });
  await press(page, 'Add the document');
  await page.locator('#papers').getByRole('link', { name: new RegExp(number) }).click();
  await page.getByLabel('Against what did you check it?').fill('The list of the ministry');
  await page.getByLabel('It holds').check();
  await press(page, 'Note the check');
  await expect(page.getByText('Check noted')).toBeVisible();
  await page.locator('summary', { hasText: 'Put it aside' }).click();
  await press(page, 'Put it aside');
  await expect(page.locator('#papers tr', { hasText: number })).toContainText('Put aside');
});

test('a file is imported after it was tried', async ({ page }) => {
  const tag = unique();
  const file = `Customer no;Name;Country;City;Street\n${tag}-1;Alpha ${tag};NL;Hoorn;Kade 1\n${tag}-2;Beta ${tag};Atlantis;;\n`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/imports');
  await press(page, 'Read the file');
  await expect(problems(page)).toHaveText(['Choose a file']);
  await page.getByLabel('File').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await press(page, 'Read the file');
  await expect(page.getByLabel('Column “City”')).toHaveValue('address.1.town');
  await press(page, 'Try it');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Country of registration:')).toBeVisible({ timeout: 500 });
  }).toPass();
  await press(page, 'Carry it out');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Carried out', { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.goto('/en/c/meridian/customers');
  await page.getByLabel('Find by name or number').fill(`${tag}-1`);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.locator('#customers tbody tr')).toHaveCount(1);
  expect(page.url()).not.toContain(tag);
});
