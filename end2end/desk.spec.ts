// The authority's desk: the queue by filters and by keys, what is done with a report, and what its company sees of it.

import type { Page } from '@playwright/test';

import { fold, keysAreHeard, reported } from './support/desk.ts';
import { choose, expectHeading, field, fill, follow, heading, leads, press, problems, unique } from './support/form.ts';
import { DEMO, DUTY, room, signIn, workspace } from './support/people.ts';
import { quickReport, reference, walk } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const QUEUE = '/en/a/pco-nl/queue';

/** What the company reads on its page of the report. */
async function companySees(company: Page, sent: string): Promise<string> {
  await company.goto(`/en/c/meridian/reports/${sent}`);
  return company.locator('main').innerText();
}

test.beforeEach(({ page }) => signIn(page, DEMO.officer));

test('the queue stands in order and is narrowed by the address', { tag: '@once' }, async ({ page }) => {
  await page.goto(QUEUE);
  const rows = page.locator('[data-queue] > li');
  const all = await rows.count();
  expect(all).toBeGreaterThan(5);
  await page.locator('details.filters > summary').click();
  await page.getByLabel('Indication').selectOption('High');
  await press(page, 'Apply filters');
  await expect(page).toHaveURL(/band=red/);
  const high = await rows.count();
  expect(high).toBeLessThan(all);
  for (const row of await rows.all()) await expect(row.locator('.litmus')).toContainText('High');
  await leads(page, () => page.locator('.chip', { hasText: 'High' }).click());
  await expect(rows).toHaveCount(all);
});

test('a report can be looked at beside the queue', async ({ page }) => {
  await page.goto(QUEUE);
  const third = page.locator('[data-queue] > li').nth(2);
  const sent = (await third.innerText()).match(/FR-\w{4}-\w{4}-\w/)?.[0] ?? 'no reference';
  await page.goto(`${QUEUE}?sel=${sent}`);
  await expect(page.locator('article.preview')).toContainText(sent);
  await expect(page.locator('[data-queue] > li', { has: page.locator('[aria-current=true]') })).toContainText(sent);
});

test('a report is taken, rated otherwise, noted upon, closed and taken up again', async ({ page, enter }) => {
  const { company, sent } = await reported(enter);
  const at = `/en/a/pco-nl/reports/${sent}`;
  await page.goto(at);
  await press(page, 'Assign to me');
  await expect(page.getByText('Assigned', { exact: true })).toBeVisible();

  await fold(page, 'severity');
  await choose(page, 'High');
  await press(page, 'Change the indication');
  await expect(problems(page), 'a change needs its reason').toHaveText(['Choose a reason']);
  await expect(page.getByLabel('High', { exact: true }), 'what was chosen is kept').toBeChecked();
  await page.locator('[data-act=severity]').getByRole('group', { name: 'Reason' }).getByRole('radio').first().check();
  await press(page, 'Change the indication');
  await expect(page.getByText('An officer set the indication to “High”')).toBeVisible();

  const secret = `Seen before ${unique()}`;
  await fill(page, { 'Note for colleagues': secret });
  await press(page, 'Add the note');
  await expect(page.locator('#notes').getByText(secret)).toBeVisible();

  await fold(page, 'close');
  await press(page.locator('[data-act=close]'), 'Close the report');
  await expect(problems(page)).toHaveText(['Choose a reason']);
  const reasons = page.locator('[data-act=close]').getByRole('radio');
  await reasons.first().check();
  await press(page.locator('[data-act=close]'), 'Close the report');
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible();

  const seen = await companySees(company, sent);
  expect(seen).not.toContain(secret);
  expect(seen).not.toContain('Jelle Brouwer');
  expect(seen).not.toContain('set the indication');
  expect(seen).toMatch(/Closed|no action|followed up|already known/i);

  await page.goto(at);
  await fold(page, 'reopen');
  await page.locator('[data-act=reopen]').getByRole('radio').first().check();
  await press(page.locator('[data-act=reopen]'), 'Take up again');
  await expect(page.getByText('Taken up again').first()).toBeVisible();
});

test('a duplicate names the other report to the desk only', { tag: '@once' }, async ({ page, enter }) => {
  const { company, sent } = await reported(enter);
  const other = await quickReport(company, `The same once more. ${unique()}`);
  await page.goto(`/en/a/pco-nl/reports/${other}`);
  await fold(page, 'duplicate');
  const form = page.locator('[data-act=duplicate]');
  await fill(form, { 'The report that it repeats': `${sent.slice(0, -1)}${sent.endsWith('0') ? '1' : '0'}` });
  await form.getByRole('radio').first().check();
  await press(form, 'Mark as duplicate');
  await expect(problems(page)).toContainText(['mistyped']);
  await fill(form, { 'The report that it repeats': sent.toLowerCase() });
  await press(form, 'Mark as duplicate');
  await expect(page.getByText('Marked as duplicate').first()).toBeVisible();
  await expect(page.getByRole('link', { name: sent }).first()).toBeVisible();
  expect(await companySees(company, other)).toMatch(/already known/i);
});

test('whoever acts on a report that has moved on is told, and loses nothing', { tag: '@once' }, async ({ page, enter }) => {
  const { sent } = await reported(enter);
  const at = `/en/a/pco-nl/reports/${sent}`;
  await page.goto(at);
  const colleague = await enter(DEMO.secondOfficer);
  await colleague.goto(at);
  await press(colleague, 'Assign to me');
  await fold(page, 'ask');
  await fill(page, { 'Your question': 'Which van was it?' });
  await press(page, 'Send the question');
  await expect(page.locator('main')).toContainText('Which van was it?');
  await follow(page, 'Open the form again and change it');
  await expect(field(page, 'Your question')).toHaveValue('Which van was it?');
  await press(page, 'Send the question');
  await expect(page.getByText('Question sent; the clock stands still')).toBeVisible();
});

test('a report by telephone is confirmed by its company', { tag: '@once' }, async ({ page, enter, mail }) => {
  await page.goto('/en/a/pco-nl/phone');
  await page.getByLabel('Company').selectOption('Meridian Solvents & Reagents B.V.');
  await choose(page, 'Four questions');
  await press(page, 'Begin');
  const story = `Told on the telephone ${unique()}`;
  await walk(page, 'What happened, and with which chemical or equipment?', {
    'What happened, and with which chemical or equipment?': async () => {
      await choose(page, 'Someone asked about buying, without ordering');
      await fill(page, { 'What happened, in your own words?': story });
    },
    'Who was it?': () => choose(page, 'We do not know who it is'),
    'Why does it look suspicious to you?': () => fill(page, { 'Why does it look suspicious to you?': 'Would not say why.' }),
    'What have you done?': async () => {
      await choose(page, 'We refused');
      await fill(page, { 'Telephone number on which the authority can call you': '+31 10 555 0103' });
    },
  });
  await follow(page, 'Check and send');
  await press(page, 'Send report');
  await expectHeading(page, 'Report taken');
  const sent = reference(page);

  const company = await enter(DEMO.companyAdmin);
  const asked = await mail.waitForMail(DEMO.companyAdmin, (one) => one.text?.includes(sent) ?? false);
  expect(`${asked.subject}${asked.text}`).not.toContain(story);
  await company.goto(`/en/c/meridian/reports/${sent}`);
  await expect(company.getByText(story).first()).toBeVisible();
  await press(company, 'Confirm the report');
  await expect(company.getByText('Confirmed by the company').first()).toBeVisible();
  await page.goto(`/en/a/pco-nl/reports/${sent}`);
  await expect(page.getByText('Confirmed by the company').first()).toBeVisible();
});

test('an urgent report stands on top, and the duty desk hears of it without a word of the case', { tag: '@once' }, async ({ page, enter, mail }) => {
  const { sent } = await reported(enter);
  const told = await mail.waitForMail(DUTY, (one) => one.text?.includes(sent) ?? false);
  expect(`${told.subject}${told.text}${told.html || ''}`).not.toContain('reagents');
  await page.goto(QUEUE);
  const first = page.locator('[data-queue] > li').first();
  await expect(first).toContainText(/Leaves within 48 hours|Overdue/);
});

test('an officer of another country sees none of it', { tag: '@once' }, async ({ enter }) => {
  const { sent } = await reported(enter);
  const foreign = await enter(DEMO.foreignOfficer);
  for (const path of [`/en/a/pco-nl/reports/${sent}`, `/en/a/pco-ca/reports/${sent}`, QUEUE]) {
    const answer = await foreign.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(heading(foreign)).toHaveText('Page not found');
  }
  expect(workspace(await foreign.goto('/en/home').then(() => foreign))).toBe('/en/a/pco-ca');
});

test('the queue is worked by keys alone', { tag: '@js' }, async ({ page, enter }) => {
  const { company, sent } = await reported(enter);
  await page.goto(`${QUEUE}?view=unassigned`);
  const current = page.locator('[data-queue] > li[data-current]');
  await keysAreHeard(page);
  // From row to row until the report is marked.
  for (let moves = 0; moves < 40; moves += 1) {
    await page.keyboard.press('j');
    const marked = (await current.count()) > 0 ? await current.first().innerText() : '';
    if (marked.includes(sent)) break;
  }
  await expect(page.locator('article.preview')).toContainText(sent);
  await expect(page).toHaveURL(new RegExp(`sel=${sent}`));
  await leads(page, () => page.keyboard.press('i'));
  await expect(page.getByText('Assigned', { exact: false }).first()).toBeVisible();

  await page.goto(`${QUEUE}?view=mine&sel=${sent}`);
  await expect(page.locator('article.preview')).toContainText(sent);
  await keysAreHeard(page);
  await page.keyboard.press('4');
  await expect(field(page, 'Your question')).toBeFocused();
  await page.keyboard.type('j is a letter here. Which van was it?');
  await leads(page, () => page.keyboard.press('Control+Enter'));
  expect(await companySees(company, sent)).toContain('j is a letter here. Which van was it?');

  await page.goto(QUEUE);
  await keysAreHeard(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  await page.keyboard.press('g');
  await leads(page, () => page.keyboard.press('h'));
  await expectHeading(page, 'Overview');
});

test('the keys can be switched off', async ({ page }) => {
  await page.goto('/en/a/pco-nl/keys');
  await press(page, 'Switch the keys off');
  await page.goto(QUEUE);
  await expect(page.locator('[data-keys]')).toHaveCount(0);
  await room(page, 'Queue');
  await page.goto('/en/a/pco-nl/keys');
  await press(page, 'Switch the keys on');
  await page.goto(QUEUE);
  await expect(page.locator('[data-keys]')).not.toHaveCount(0);
});

test('a report says why it is due when it is', { tag: '@once' }, async ({ enter, page }) => {
  const { sent } = await reported(enter);
  await page.goto(`/en/a/pco-nl/reports/${sent}`);
  const why = page.locator('details', { has: page.getByText(/^Why \d+ \w+ \d{4}, \d\d:\d\d/) });
  await why.locator('summary').click();
  await expect(why).toContainText(/when the report was sent/);
  await expect(why).toContainText(/hours|working day/);
});
