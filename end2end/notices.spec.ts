// Notices: an officer writes one and looks at it, a second person publishes it, everybody reads it; one that is for few is
// not there for the others, and who has taken note of it is known.

import { choose, expectHeading, follow, press, problems } from './support/form.ts';
import { beginNotice } from './support/notice.ts';
import { DEMO, room, signIn, signOut } from './support/people.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

async function write(page: Page, title: string): Promise<void> {
  const body = '### What to look at\n\nCompare the **label** with the note.\n\n<script>no</script>';
  const text = await beginNotice(page, title, 'Drums left under one name and arrived under another.', body);
  await page.getByLabel('Valid from').fill('some day');
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expect(problems(page)).toContainText([/Write the day like/]);
  await expect(text.getByLabel('Title', { exact: true })).toHaveValue(title);
  await page.getByLabel('Valid from').fill('');
}

test('a notice is written, looked at by a second person, published, and read', async ({ page, enter, javaScriptEnabled }) => {
  const title = `Labels that change on the way ${javaScriptEnabled ? 'one' : 'two'}`;
  await signIn(page, DEMO.officer);
  await write(page, title);
  await page.getByRole('button', { name: 'Show a preview' }).first().click();
  await expect(page.getByRole('region', { name: 'Dark' })).toContainText('What to look at');
  await expect(page.getByRole('region', { name: 'Dark' })).toContainText('<script>no</script>');
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expectHeading(page, title);
  await expect(page.getByText('HTML is shown as it is written', { exact: false })).toBeVisible();
  await follow(page, 'Edit');
  await page.getByRole('group', { name: 'Text in English' }).getByLabel('Text', { exact: true }).fill('Compare the **label** with the note.');
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await press(page, 'Submit for review');
  await expect(page.getByRole('status').first()).toContainText('Submitted');
  await expect(page.getByRole('button', { name: 'Publish now' })).toHaveCount(0);
  await signOut(page);

  const second = await enter(DEMO.supervisor);
  await second.goto('/en/a/pco-nl/notices?state=review');
  await follow(second, title);
  await press(second, 'Publish now');
  await expect(second.getByRole('status').first()).toContainText('Published');

  await page.goto('/en/notices');
  await follow(page, title);
  await expectHeading(page, title);
  await expect(page.locator('.notice__text strong')).toHaveText('label');
  await expect(page.getByText('Revision 1', { exact: true })).toBeVisible();
});

test('what is for few is not there for the others', { tag: '@once' }, async ({ page, enter }) => {
  await page.goto('/en/notices');
  await expect(page.getByRole('link', { name: 'New form for the declaration of use from January' })).toHaveCount(0);
  const company = await enter(DEMO.companyOfficer);
  await room(company, 'Notices');
  await follow(company, 'New form for the declaration of use from January');
  await expectHeading(company, 'New form for the declaration of use from January');
  const address = company.url().replace('/c/meridian', '');
  const answer = await page.goto(address);
  expect(answer?.status()).toBe(404);
});

const ASSOCIATION = 'Association of Chemical Traders of the Low Countries (demo)';

test('a notice for members is delivered to them, acknowledged, reminded of and counted', { tag: '@once' }, async ({ page, enter, mail }) => {
  const title = 'What members watch for in December';
  await signIn(page, DEMO.officer);
  await write(page, title);
  await page.getByRole('group', { name: 'Text in English' }).getByLabel('Text', { exact: true }).fill('Compare the **label** with the note.');
  await choose(page, 'Only those whom it concerns', ASSOCIATION, 'Ask readers to acknowledge it');
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expectHeading(page, title);
  const reach = page.getByRole('region', { name: 'Whom it reaches' });
  await expect(reach.getByRole('row', { name: ASSOCIATION })).toContainText(/[1-9]/);
  await press(page, 'Submit for review');

  const second = await enter(DEMO.supervisor);
  await second.goto('/en/a/pco-nl/notices?state=review');
  await follow(second, title);
  await expect(second.getByRole('region', { name: 'Whom it reaches' })).toContainText('Companies');
  await press(second, 'Publish now');

  const member = await enter(DEMO.companyOfficer);
  await room(member, 'Notices');
  await follow(member, title);
  await press(member, 'I have taken note');
  await expect(member.getByText('You acknowledged this notice on')).toBeVisible();
  const stranger = await enter('admin@labmarkt.example');
  const answer = await stranger.goto(member.url().replace('/c/meridian', '').replace(/#.*/, ''));
  expect(answer?.status()).toBe(404);

  await page.reload();
  await follow(page, 'Acknowledgements');
  await expect(page.getByRole('row', { name: /Tomás Herrera/ })).toContainText('Acknowledged');
  await expect(page.getByRole('row', { name: /Ingrid Bakker/ })).toContainText('Not opened');
  await press(page, 'Remind those who have not acknowledged it');
  await expect(page.getByRole('status').first()).toContainText(/[1-9][0-9]* people were reminded/);
  const reminder = await mail.waitForMail(DEMO.companyAdmin, (found) => found.subject === 'A notice waits for you');
  expect(reminder.source).not.toContain(title);
  await press(page, 'Remind those who have not acknowledged it');
  await expect(page.getByRole('status').first()).toContainText('0 people were reminded');
});
