// Licences: an authority keeps its register and takes a file in; a company asks, the desk answers with the register beside
// the question, and the company reads the answer and nothing of the register.

import type { Page } from '@playwright/test';

import { choose, expectHeading, fill, follow, press, problems, unique } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('an entry is added, checked, suspended and lifted', { tag: '@once' }, async ({ page }) => {
  const number = `T-${unique()}`;
  await signIn(page, DEMO.officer);
  await room(page, 'Licences');
  await follow(page, 'Add a licence');
  await press(page, 'Add to the register');
  await expect(problems(page).first()).toHaveText('Number of the licence: enter it');
  await fill(page, { 'Number of the licence': number, Holder: 'Proefhouder B.V.', 'Valid from': '1 January 2024' });
  await page.getByLabel('Substances and activities').fill('Acetone | drink');
  await press(page, 'Add to the register');
  await expect(problems(page)).toHaveText([/Line 1: what is allowed is one of/]);
  await page.getByLabel('Substances and activities').fill('Acetone | store, use | 500 kg a year');
  await press(page, 'Add to the register');
  await expectHeading(page, 'Proefhouder B.V.');
  await fill(page, { Substance: 'acetone', 'Quantity (optional)': '501 kg' });
  await page.getByLabel('Activity').selectOption('use');
  await press(page, 'Check');
  await expect(page.getByText('It is over the ceiling of 500 kg a year.')).toBeVisible();

  await page.getByText('Suspend or revoke').click();
  await choose(page, 'Suspend it for a time');
  await fill(page, { 'First day': '1 October 2026', Reason: 'Records are missing' });
  await press(page, 'Enter it');
  await expect(page.getByRole('status')).toContainText('It stands in the register');
  await expect(page.locator('#stops')).toContainText('Records are missing');
  await press(page, 'Lift the suspension from today on');
  await expect(page.getByRole('status')).toContainText('lifted');
  await expect(page.locator('#history tbody tr')).toHaveCount(3);
});

/** The worker does it in a moment; without JavaScript one loads the page again. */
async function shows(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

test('a file is tried, carried out, and changes nothing the second time', async ({ page }) => {
  const one = unique();
  const file = {
    name: 'register.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`number,holder,country,valid_from,substances\nF-${one},Aktehouder,NL,2024-01-01,Toluene | use\n,Nobody,NL,2024-01-01,Toluene | use\n`),
  };
  await signIn(page, DEMO.officer);
  const bring = async (): Promise<void> => {
    await page.goto('/en/a/pco-nl/licence-files');
    await choose(page, 'Licence');
    await page.getByLabel('File').setInputFiles(file);
    await press(page, 'Try the file');
    await shows(page, 'What would happen');
  };
  await bring();
  await expect(page.locator('#errors')).toContainText('Number of the licence: enter it');
  await press(page, 'Carry it out');
  await shows(page, 'What happened');
  await bring();
  await expect(page.getByText('There is nothing to carry out')).toBeVisible();
});

test('a company asks and reads the answer, the desk has the register beside the question', async ({ page, enter }) => {
  const holder = `Noorderlicht Coatings ${unique()}`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/licences');
  await follow(page, 'Ask about a licence');
  await fill(page, { 'Number of the licence': 'REG 3 0418', Holder: holder, Substance: 'Acetone' });
  await page.getByLabel('What the holder wants to do with it').selectOption('use');
  await press(page, 'Ask the authority');
  await expect(page.getByText(/was asked. It wants to answer by/)).toBeVisible();
  const asked = page.url().split('?')[0] ?? '';

  const desk = await enter(DEMO.officer);
  await desk.goto('/en/a/pco-nl/licence-requests');
  await desk.getByRole('link', { name: holder }).click();
  await expect(desk.getByText('A number one or two letters apart').first()).toBeVisible();
  await press(desk, 'Send the answer');
  await expect(problems(desk)).toHaveText(['Choose an answer']);
  await choose(desk, 'Valid with limits');
  await desk.getByLabel('Note to the company').fill('For cleaning only');
  await press(desk, 'Send the answer');
  await expect(desk.locator('.banner')).toContainText('The answer was sent');

  await page.goto(asked);
  await expect(page.getByText('For cleaning only')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('REG-3-0417');
});
