// From a file of a hundred customers to decisions about them: import with three bad rows, hits on a new list decided, a declaration
// signed behind a link, a customer approved by two, a new version of the list that raises exactly one hit, the file on paper.

import { createHash } from 'node:crypto';

import type { Page } from '@playwright/test';

import { choose, fill, follow, press, problems, unique } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });
test.setTimeout(180_000);

/** Two words that no table of names knows, made of the tag and a number: each customer is unlike all others. */
function invented(tag: string, number: number): string {
  const bytes = createHash('sha256').update(`${tag} ${number}`).digest();
  const pick = (letters: string, at: number): string => letters[(bytes[at] ?? 0) % letters.length] ?? '';
  const word = (from: number): string => [0, 1, 2, 3].map((at) => pick('bdfgklmnprstvz', from + 2 * at) + pick('aeiou', from + 2 * at + 1)).join('');
  return `${word(0)}x ${word(8)}k`;
}

function hundred(tag: string): string {
  const rows = ['Customer no;Name;Country;City;Street'];
  for (let number = 0; number < 100; number += 1) {
    const country = number % 40 === 7 ? 'Atlantis' : 'NL';
    rows.push(`${tag}-${number};${invented(tag, number)};${country};Hoorn;Kade ${number}`);
  }
  return rows.join('\n');
}

/** Loads a page again until something is there: the worker does it in a moment. */
async function until(page: Page, holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await holds();
  }).toPass({ timeout: 60_000 });
}

async function putInForce(page: Page, code: string, version: number, names: string[]): Promise<void> {
  const rows = names.map((name, at) => `${at + 1},organisation,${name},Case ${at + 1}`);
  const buffer = Buffer.from(`id,kind,name,programmes\n${rows.join('\n')}\n`);
  await room(page, 'Watch lists');
  await page.getByLabel('Files').setInputFiles({ name: `${code}.csv`, mimeType: 'text/csv', buffer });
  await fill(page, { 'Code of a new list': code, 'Name of the list': `List ${code}` });
  await press(page, 'Load the file');
  if (version > 1) await expect(page.getByRole('link', { name: 'Added (1)' })).toBeVisible();
  await follow(page, 'Put this version in force');
  await press(page, 'Put this version in force');
  await expect(page.getByRole('status')).toContainText(`Version ${version} is in force`);
}

/** Opens a customer of the import by its number. */
async function open(page: Page, number: string): Promise<void> {
  await page.goto('/en/c/noordkust/customers');
  await page.getByLabel('Find by name or number').fill(number);
  await press(page, 'Search');
  await page.locator('#customers tbody th a').first().click();
  await expect(page.locator('#decision')).toBeVisible();
}

test('a hundred customers are imported, screened and decided about', async ({ page, enter, mail }) => {
  const tag = unique();
  const name = (number: number): string => invented(tag, number);

  await signIn(page, DEMO.otherCompany);
  await page.goto('/en/c/noordkust/imports');
  await page.getByLabel('File').setInputFiles({ name: 'all.csv', mimeType: 'text/csv', buffer: Buffer.from(hundred(tag)) });
  await press(page, 'Read the file');
  await press(page, 'Try it');
  await until(page, () => expect(page.getByRole('button', { name: 'Carry it out' })).toBeVisible({ timeout: 500 }));
  await expect(page.getByText('Country of registration:')).toHaveCount(3);
  await press(page, 'Carry it out');
  await until(page, () => expect(page.getByText('Carried out', { exact: true })).toBeVisible({ timeout: 500 }));

  const system = await enter(DEMO.system);
  await putInForce(system, `l${tag}`, 1, [name(1), name(2), name(3)]);

  const hits = `/en/c/noordkust/hits?list=l${tag}`;
  await page.goto(hits);
  await until(page, () => expect(page.locator('#hits tbody tr')).toHaveCount(3, { timeout: 500 }));
  const colleague = await enter(DEMO.otherCompanyAdmin);
  for (const decision of ['Not a match', 'Not a match', 'A match']) {
    await page.goto(hits);
    await page.locator('#hits tbody tr', { hasText: 'To be decided' }).first().locator('th a').click();
    await page.getByLabel(decision, { exact: true }).check();
    await page.getByLabel('Why', { exact: true }).fill('Compared with the register.');
    await press(page, 'Decide');
    await expect(page.getByRole('status')).toContainText('It waits for a second colleague');
    await colleague.goto(page.url().replace(/\?.*/, ''));
    await press(colleague, 'I agree');
    await expect(colleague.getByRole('status')).toContainText('Agreed');
  }
  await page.goto(hits);
  await expect(page.locator('#hits tbody tr')).toHaveCount(0);

  await open(page, `${tag}-4`);
  const file = page.url();
  const email = `${tag}@customer.example`;
  await follow(page, 'Ask for a declaration');
  await follow(page, /Use this one European Union: one transaction/);
  await page.getByLabel('Substance', { exact: true }).fill('acetic anhydride');
  await page.getByLabel('Quantity').fill('200 l');
  await page.getByLabel('Customer’s e-mail address').fill(email);
  await press(page, 'Go on');
  await press(page, 'Send the link');
  const customer = await enter();
  await customer.goto(linkIn(await mail.waitForMail(email), '/declare/'));
  await fill(customer, { 'Name of who signs': 'Ingrid Lie', Position: 'Buyer', Place: 'Hoorn' });
  await customer.getByLabel('Exclusive use or uses').fill('Acetylation in our own works');
  await press(customer, 'Go on to the text');
  await fill(customer, { 'Your signature': 'Ingrid Lie' });
  await press(customer, 'Sign the declaration');
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('The declaration is signed');

  // Little is known of it, so its risk is high and an approval takes two.
  await page.goto(file);
  await follow(page, 'Decide');
  await choose(page, 'Approve');
  await page.getByLabel('Why?').fill('Known for years; papers seen.');
  await press(page, 'See what it comes to');
  await press(page, 'Decide it');
  await expect(page.locator('.banner')).toContainText(/second person/);
  await colleague.goto(file);
  await choose(colleague, 'I agree');
  await press(colleague, 'Answer');
  await expect(problems(colleague)).toHaveCount(0);
  await page.goto(file);
  await expect(page.locator('.part__acts').first()).toContainText('Active');

  await putInForce(system, `l${tag}`, 2, [name(1), name(2), name(3), name(4)]);
  await page.goto(hits);
  await until(page, () => expect(page.locator('#hits tbody tr')).toHaveCount(1, { timeout: 500 }));
  await expect(page.locator('#hits tbody tr')).toContainText(name(4));

  await page.goto(file);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Take the file as PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});
