// The hand-over note: written, read, overtaken, without losing what was typed.

import { fill, press, unique } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('two shifts do not write over each other', async ({ page, enter }) => {
  await signIn(page, DEMO.officer);
  const colleague = await enter(DEMO.supervisor);
  const [mine, theirs] = [`Mine ${unique()}`, `Theirs ${unique()}`];
  await page.goto('/en/a/pco-nl/handover');
  await colleague.goto('/en/a/pco-nl/handover');
  await fill(colleague, { Note: theirs });
  await press(colleague, 'Save the note');
  await fill(page, { Note: mine });
  await press(page, 'Save the note');
  await expect(page.getByText('A colleague changed the note meanwhile')).toBeVisible();
  await expect(page.locator('main')).toContainText(theirs);
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(mine);
  await press(page, 'Save the note');
  await expect(page.locator('.handover')).toContainText(mine);

  await colleague.goto('/en/a/pco-nl/queue');
  await expect(colleague.locator('.handover[open]')).toContainText('Not read yet');
  await press(colleague, 'I have read it');
  await expect(colleague.locator('.handover')).not.toHaveAttribute('open');
});
