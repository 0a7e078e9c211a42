// Notices: an officer writes one and looks at it, a second person publishes it, everybody reads it; one that is for few is
// not there for the others.

import { expectHeading, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn, signOut } from './support/people.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

async function write(page: Page, title: string): Promise<void> {
  await room(page, 'Notices');
  await page.locator('summary', { hasText: 'New notice' }).click();
  await press(page, 'Begin');
  await expectHeading(page, 'Edit the notice');
  const text = page.getByRole('group', { name: 'Text in English' });
  await text.getByLabel('Title', { exact: true }).fill(title);
  await text.getByLabel('Summary', { exact: true }).fill('Drums left under one name and arrived under another.');
  await text.getByLabel('Text', { exact: true }).fill('### What to look at\n\nCompare the **label** with the note.\n\n<script>no</script>');
  await page.getByLabel('Valid from').fill('some day');
  await page.getByRole('button', { name: 'Look and submit' }).click();
  await expect(problems(page)).toContainText([/Write the day like/]);
  await expect(text.getByLabel('Title', { exact: true })).toHaveValue(title);
  await page.getByLabel('Valid from').fill('');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a notice is written, looked at by a second person, published, and read', async ({ page, enter }) => {
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
  });
}

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
