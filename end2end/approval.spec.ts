// Associations and their authority: a notice is adapted, looked at by a second person, approved by the authority, and read. And the
// preview beside the text.

import { expectHeading, follow, press, problems } from './support/form.ts';
import { beginNotice } from './support/notice.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const ORIGINAL = 'First orders that ask for delivery to a storage unit';

test('an association adapts a notice, and its authority approves it', { tag: '@once' }, async ({ page, enter }) => {
  const title = 'What members do about rented storage';
  await signIn(page, DEMO.associationEditor);
  await page.goto('/en/notices');
  await follow(page, ORIGINAL);
  await press(page, 'Adapt for Association of Chemical Traders of the Low Countries (demo)');
  await expectHeading(page, 'Edit the notice');
  const text = page.getByRole('group', { name: 'Text in English' });
  await text.getByLabel('Title', { exact: true }).fill(title);
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expectHeading(page, title);
  await expect(page.locator('main')).toContainText('Adapted from');
  await press(page, 'Submit for review');

  const head = await enter(DEMO.association);
  await head.goto('/en/n/chemtrade-assoc/notices?state=review');
  await follow(head, title);
  await press(head, 'Pass on to the authority');
  await expect(head.getByRole('status').first()).toContainText('Passed on');

  const desk = await enter(DEMO.officer);
  await room(desk, 'Notices');
  await follow(desk, 'Notices to approve');
  await follow(desk, title);
  await press(desk, 'Send back');
  await expect(problems(desk).first()).toContainText('Say what has to be changed');
  await press(desk, 'Approve');
  await expect(desk.getByRole('status').first()).toContainText('Approved');

  await page.goto('/en/notices');
  await follow(page, title);
  await expect(page.locator('main')).toContainText('Adapted from');
  await follow(page, ORIGINAL);
  await expect(page.locator('main')).toContainText('Adapted by');
});

test('what is written is shown beside the text where scripts run', async ({ page, javaScriptEnabled }) => {
  await signIn(page, DEMO.officer);
  await page.goto('/en/a/pco-nl/notices?state=draft');
  await follow(page, 'Returned goods: what to note');
  await follow(page, 'Edit');
  const preview = page.getByRole('region', { name: 'Preview while you write' });
  const body = page.getByRole('group', { name: 'Text in English' }).getByLabel('Text', { exact: true });
  await body.fill('Write down **why** it came back.');
  if (javaScriptEnabled) {
    await expect(preview.locator('strong')).toHaveText('why');
    await preview.getByRole('button', { name: 'Dark' }).click();
    await expect(preview.locator('.preview__frame--dark')).toBeVisible();
  } else {
    await expect(preview).toBeHidden();
    await page.getByRole('button', { name: 'Show a preview' }).first().click();
    await expect(page.getByRole('region', { name: 'Dark' })).toContainText('Write down why');
  }
});

test('a sub-editor writes, and only an editor publishes', { tag: '@once' }, async ({ page, enter }) => {
  const title = 'Ask before the first delivery to a new address';
  await signIn(page, DEMO.associationSubEditor);
  const rooms = page.getByRole('navigation', { name: 'Workspace' }).getByRole('link');
  await expect(rooms).toHaveText([/^Overview/, /^Team/, /^Notices/, /^Substances/]);
  const body = 'Call the buyer at a number that you found yourself.';
  await beginNotice(page, title, 'Members ask who receives the goods there.', body);
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expectHeading(page, title);
  await press(page, 'Submit for review');
  await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);

  const editor = await enter(DEMO.associationEditor);
  await editor.goto('/en/n/chemtrade-assoc/notices?state=review');
  await follow(editor, title);
  await expect(editor.getByRole('button', { name: 'Pass on to the authority' })).toBeVisible();
});
