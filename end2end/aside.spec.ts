// Putting a report aside and sticking labels on it: out of the queue until its day, and found again by its label.

import type { Page } from '@playwright/test';

import { fold, keysAreHeard, reported } from './support/desk.ts';
import { choose, expectHeading, fill, follow, leads, press, problems, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const DESK = '/en/a/pco-nl';

/** Whether a view of the queue shows a report. */
async function stands(page: Page, view: string, sent: string): Promise<boolean> {
  await page.goto(`${DESK}/queue?view=${view}`);
  return (await page.locator(`[data-row="${sent}"]`).count()) > 0;
}

test('a report is put aside until a day, and back at once when its company writes', async ({ page, enter }) => {
  const { company, sent } = await reported(enter);
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/reports/${sent}`);
  await fold(page, 'snooze');
  await press(page, 'Put the report aside');
  await expect(problems(page)).toHaveText(['Choose until when']);
  await choose(page, 'Until another day');
  await fill(page, { Day: '3 May 2020' });
  await press(page, 'Put the report aside');
  await expect(problems(page)).toHaveText(['Choose a day after today']);
  await choose(page, 'For 7 days');
  await press(page, 'Put the report aside');
  await expect(page.getByText(/^Put aside until/).first()).toBeVisible();
  expect(await stands(page, 'open', sent)).toBe(false);
  expect(await stands(page, 'aside', sent)).toBe(true);

  await company.goto(`/en/c/meridian/reports/${sent}`);
  expect(await company.locator('main').innerText()).not.toMatch(/aside/i);
  await fill(company, { 'Message to the authority': 'They called again.' });
  await press(company, 'Send the message');
  expect(await stands(page, 'aside', sent)).toBe(false);
  expect(await stands(page, 'open', sent)).toBe(true);
});

test('a supervisor names a label, an officer sticks it, and the queue is narrowed by it', async ({ page, enter }) => {
  const name = `Ring ${unique()}`.slice(0, 30);
  await signIn(page, DEMO.supervisor);
  await page.goto(`${DESK}/queue`);
  await follow(page, 'Labels');
  await press(page, 'Add the label');
  await expect(problems(page)).toHaveCount(2);
  await fill(page, { Name: name });
  await page.getByLabel('Colour').selectOption('Plum');
  await press(page, 'Add the label');
  await expect(page.getByText('Label added')).toBeVisible();

  const { sent } = await reported(enter);
  const officer = await enter(DEMO.officer);
  await officer.goto(`${DESK}/reports/${sent}`);
  await fold(officer, 'label');
  await choose(officer, name);
  await press(officer, 'Save the labels');
  await expect(officer.locator('.label .sticker')).toHaveText(name);
  await officer.goto(`${DESK}/queue`);
  await officer.locator('details.filters > summary').click();
  await officer.getByLabel('Label', { exact: true }).selectOption(name);
  await press(officer, 'Apply filters');
  await expect(officer.locator('[data-queue] > li')).toHaveCount(1);
  await expect(officer.locator('[data-queue] > li')).toContainText(sent);

  await page.goto(`${DESK}/labels`);
  await follow(page, `Change ${name}`);
  await follow(page, 'Remove the label');
  await expectHeading(page, `Remove the label “${name}”?`);
  await expect(page.locator('main')).toContainText('1 report');
  await press(page, 'Remove the label');
  await officer.goto(`${DESK}/reports/${sent}`);
  await expect(officer.locator('.label .sticker')).toHaveCount(0);
});

test('put aside with two keys', { tag: '@js' }, async ({ page, enter }) => {
  const { sent } = await reported(enter);
  await signIn(page, DEMO.officer);
  await page.goto(`${DESK}/queue?sel=${sent}`);
  await keysAreHeard(page);
  await page.keyboard.press('h');
  await page.getByLabel('Until tomorrow').check();
  await leads(page, () => page.locator('[data-act=snooze]').getByRole('button', { name: 'Put the report aside' }).click());
  await expect(page.locator(`[data-row="${sent}"]`)).toHaveCount(0);
});
