// An anonymous concern: sent without an account, triaged like a report, asked about, answered by the phrase, closed; and what an
// association passes on.

import { expectHeading, fill, follow, press, problems } from './support/form.ts';
import { concern, mailbox } from './support/pages.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a concern is sent without a name and answered by its phrase', async ({ page, enter, javaScriptEnabled }) => {
  await page.goto('/en/');
  await follow(page, 'Report a concern without your name');
  await expect(page.locator('#phones')).toContainText('Canada');
  await follow(page, 'Netherlands');
  await fill(page, { Who: 'A man with a white van' });
  await press(page, 'Send the concern');
  await expect(problems(page)).toContainText([/Say what worries you/]);
  await expect(page.getByLabel('Who (optional)')).toHaveValue('A man with a white van');
  if (javaScriptEnabled) await expect(page.getByText('Your browser has done its part')).toBeVisible();
  const story = `Drums of solvent leave the yard at night (${javaScriptEnabled ? 'with' : 'without'} scripts).`;
  const phrase = await concern(page, story);
  expect(await page.context().cookies()).toEqual([]);
  expect(page.url()).toMatch(/\/en\/concern$/);

  const desk = await enter(DEMO.officer);
  await desk.goto('/en/a/pco-nl/search');
  await fill(desk, { 'Words, names or a reference': story });
  await press(desk, 'Search');
  await desk.locator('.hit a').first().click();
  await expect(desk.getByText('Nobody knows who sent it.', { exact: false })).toBeVisible();
  await desk.locator('summary', { hasText: 'Ask the reporter' }).click();
  await desk.getByLabel('Your question', { exact: true }).fill('Which colour has the gate?');
  await press(desk, 'Send the question');

  await mailbox(page, phrase.replace(/^\w+/, 'qqqq'));
  await expect(problems(page)).toContainText([/Word 1 is not one of the words/]);
  await mailbox(page, phrase.toUpperCase().replaceAll(' ', '-'));
  await expectHeading(page, 'Your concern');
  await expect(page.getByText('Which colour has the gate?').first()).toBeVisible();
  await expect(page.getByText(story)).toHaveCount(0);
  await fill(page, { 'Your words': 'It is green.' });
  await page.getByLabel('Files').setInputFiles({ name: 'my name.txt', mimeType: 'text/plain', buffer: Buffer.from('seen') });
  await press(page, 'Send');
  await expect(page.getByText('It is green.')).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);

  await desk.reload();
  await expect(desk.locator('.thread')).toContainText('It is green.');
  await expect(desk.locator('#evidence-files')).toContainText('file 1.txt');

  await page.locator('summary', { hasText: 'Close the mailbox for good' }).click();
  await press(page, 'Close the mailbox');
  await expectHeading(page, 'The mailbox is closed');
  await mailbox(page, phrase);
  await expect(page.getByText('No mailbox has this phrase')).toBeVisible();
});

test('an association passes on a concern, and an authority ends taking them', { tag: '@once' }, async ({ page, enter }) => {
  await signIn(page, DEMO.association);
  await follow(page, 'Pass on a member’s concern');
  await follow(page, 'Pass on a concern');
  await follow(page, 'Netherlands');
  await fill(page, { 'What worries you?': 'A member was asked for drums without labels.', 'Which substance or product': 'Toluene' });
  await press(page, 'Pass it on');
  await expect(page.getByRole('status').first()).toContainText('Passed on.');
  await fill(page, { 'Your words': 'The member still has the letter.' });
  await press(page, 'Send');
  await expect(page.getByText('The member still has the letter.')).toBeVisible();

  const leader = await enter(DEMO.supervisor);
  await room(leader, 'Queue');
  await follow(leader, 'Anonymous concerns');
  await press(leader, 'Take no more');
  await expect(leader.getByRole('status').first()).toContainText('no anonymous concern is taken');
  await page.goto('/en/concern');
  await expect(page.locator('#phones')).toContainText('Netherlands');
  await press(leader, 'Take anonymous concerns');
});
