// Reference data: proposed by one, compared, approved by another; nothing typed is lost; a file is taken whole or not at all.

import { expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a change goes from its first row to the day it holds', { tag: '@once' }, async ({ page, enter }) => {
  await signIn(page, DEMO.system);
  await room(page, 'Reference data');
  await follow(page, 'Deadlines');
  await press(page, 'Propose a change');
  await expectHeading(page, 'Change of Deadlines');

  await page.goto('/en/s/installation/reference/deadlines/change?table=answer');
  const rows = page.locator('#answer tbody tr');
  await follow(rows.first(), /^Change/);
  await fill(page, { 'Hours for a green one': 'sixty' });
  await press(page, 'Save the row');
  await expect(problems(page)).toHaveText([/whole number/]);
  await expect(page.getByLabel('Hours for a green one')).toHaveValue('sixty');
  await fill(page, { 'Hours for a green one': '60' });
  await press(page, 'Save the row');
  const diff = page.locator('#diff-answer tbody tr');
  await expect(diff).toHaveCount(1);
  await expect(diff.first()).toContainText('72');
  await expect(diff.first()).toContainText('60');

  await press(page, 'Ask for approval');
  await expect(problems(page)).toHaveText([/what changes and why/]);
  await fill(page, { 'What changes, and why': 'Green reports are looked at sooner.' });
  await press(page, 'Ask for approval');
  await expect(page.getByText('Waits for approval')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve this version' })).toHaveCount(0);

  const other = await enter(DEMO.secondSystem);
  await other.goto('/en/s/installation/reference/deadlines/change');
  await expect(other.locator('#diff-answer')).toContainText('60');
  await press(other, 'Approve this version');
  await expect(other.getByRole('status')).toContainText('Approved');
  await follow(other.locator('#history'), '1');
  await expectHeading(other, 'Deadlines, version 1');
  await expect(other.locator('main')).toContainText('Green reports are looked at sooner.');
});

test('a file with anything wrong changes nothing, a right one is compared', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.authorityAdmin);
  await page.goto('/en/a/pco-nl/reference/reasons');
  await press(page, 'Propose a change');
  await follow(page, /^Import a file/);
  const csv = await page.request.get('/en/a/pco-nl/reference/reasons/tables/reason/rows.csv');
  const text = await csv.text();
  const give = async (content: string): Promise<void> => {
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'reasons.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await press(page, 'Import the file');
  };
  await give(text.replace('"close"', '"shut"'));
  await expect(problems(page).first()).toContainText('Choose one of these');
  await give(`${text.trimEnd()}\r\n"accept","from_abroad","Asked for by a partner abroad","followed_up","no"\r\n`);
  await expect(page.locator('#diff-reason')).toContainText('Asked for by a partner abroad');
  await follow(page, 'Discard the change');
  await press(page, 'Discard the change');
  await expect(page.getByRole('status')).toContainText('discarded');
});

test('the authority sees its own version and the one that waits', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.supervisor);
  await room(page, 'Reference data');
  await expect(page.locator('.link-row').filter({ hasText: 'Deadlines' })).toContainText('Waits for approval');
  await follow(page, 'Deadlines');
  await expect(page.locator('main')).toContainText('Version 1, since');
  await follow(page.locator('.callout'), 'To the change');
  await fill(page, { 'What has to be changed': 'Say which decision stands behind it.' });
  await press(page, 'Send it back');
  await expect(page.getByText('Sent back to be changed')).toBeVisible();
});

test('what was added to the library is found by everybody', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/search?q=rented+storage');
  await follow(page.getByRole('main'), 'Deliveries to rented storage: what to ask before you ship');
  await expect(page.locator('main')).toContainText('six questions');
  await signIn(page, DEMO.system);
  await page.goto('/en/s/installation/reference/library');
  await expect(page.locator('main')).toContainText('Version 1 for everybody, since');
  await press(page, 'Propose a change');
  await follow(page, /^Add a row/);
  await fill(page, { Handle: 'Our Law', Title: 'Our law', 'Who issued it': 'Parliament', Languages: 'nl, en' });
  await fill(page, { 'Symbol or number': 'Act 7 of 2026', Summary: 'Too short.' });
  await page.getByLabel('What it is', { exact: true }).selectOption('Law');
  await press(page, 'Save the row');
  await expect(problems(page)).toHaveText([/small letters/]);
  await fill(page, { Handle: 'our-law' });
  await press(page, 'Save the row');
  await expect(page.locator('#diff-entry')).toContainText('Act 7 of 2026');
  await expect(page.locator('main')).toContainText('20 to 150 words');
});
