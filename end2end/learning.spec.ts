// Learning: somebody reads a module, fails its quiz, passes it, and anybody checks the certificate; a stranger gets a result and
// nothing is kept; an administrator assigns a module and sees who is late.

import { choose, expectHeading, fill, follow, leads, press, problems } from './support/form.ts';
import { DEMO, room, signIn, signOut } from './support/people.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

const MODULE = '/en/learn/checking-a-customer';

/** The options of each question, as their places and whether they are right: read from a result, which tells all of them. */
async function rightOptions(page: Page): Promise<boolean[][]> {
  const questions = await page.locator('.answered').all();
  return Promise.all(
    questions.map(async (question) => {
      const options = await question.locator('.answered__option').all();
      return Promise.all(options.map(async (option) => (await option.getAttribute('data-right')) !== null));
    }),
  );
}

/** Answers every question: with the right options, or with a single one that is wrong. */
async function answer(page: Page, right?: boolean[][]): Promise<void> {
  const groups = await page.locator('.quiz fieldset').all();
  for (const [place, group] of groups.entries()) {
    const marks = await group.locator('input').all();
    const wanted = right?.[place] ?? marks.map((_, at) => at === marks.length - 1);
    for (const [at, mark] of marks.entries()) if (wanted[at]) await mark.check();
  }
  await press(page, 'See the result');
}

test('a module is read, its quiz failed and passed, and anybody checks the certificate', async ({ page, enter }) => {
  test.setTimeout(120_000);
  await signIn(page, DEMO.otherCompany);
  await page.goto('/en/');
  await follow(page.getByRole('contentinfo'), 'Modules and cases');
  await page.locator(`a[href="${MODULE}"]`).click();
  await follow(page, /^Start reading$/);
  await expect(page.getByText(/^Page 1 of/)).toBeVisible();
  const pages = Number(/of (\d+)/.exec((await page.getByText(/^Page 1 of/).textContent()) ?? '')?.[1]);
  for (let n = 1; n < pages; n += 1) await follow(page, /^Next: /);
  await follow(page, 'Go to the quiz');

  await press(page, 'See the result');
  await expect(problems(page).first()).toContainText('Question 1: choose an answer.');
  await answer(page);
  await expect(page.getByText('Not passed', { exact: true })).toBeVisible();
  const right = await rightOptions(page);
  await follow(page, 'Answer again');
  await answer(page, right);
  await expect(page.getByText('Passed', { exact: true })).toBeVisible();
  const said = (await page.getByText(/Your certificate FC-/).textContent()) ?? '';
  const number = /FC-\w{4}-\w{4}-\w/.exec(said)?.[0] ?? 'no number';

  const waits = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Certificate as PDF' }).click();
  expect((await waits).suggestedFilename()).toBe(`certificate-${number}.pdf`);
  await page.goto('/en/me/learning');
  await expect(page.locator('#certificates-table tbody tr')).toContainText([number]);

  const anybody = await enter();
  await anybody.goto('/en/verify');
  await follow(anybody, 'Check a certificate of learning');
  await fill(anybody, { 'Number of the certificate': 'FC-0000' });
  await press(anybody, 'Check the certificate');
  await expect(problems(anybody)).toContainText(['one character may be mistyped']);
  await fill(anybody, { 'Number of the certificate': number.toLowerCase(), 'Name on the certificate': 'yara  HADDAD' });
  await press(anybody, 'Check the certificate');
  await expect(anybody.getByText('This certificate is genuine', { exact: true })).toBeVisible();
  await expect(anybody.getByText('Issued for the name that you entered.')).toBeVisible();
  await fill(anybody, { 'Name on the certificate': 'Somebody Else' });
  await press(anybody, 'Check the certificate');
  await expect(anybody.getByText('but was issued for another name', { exact: false })).toBeVisible();
  await expect(anybody.locator('main')).not.toContainText('Haddad');
});

test('a word is explained in place and a case tells why after a decision', async ({ page }) => {
  await page.goto('/en/learn/what-precursors-are/1');
  const word = page.locator('button.term').first();
  const note = page.locator(`#${(await word.getAttribute('popovertarget')) ?? 'none'}`);
  await expect(note).toBeHidden();
  await word.focus();
  await page.keyboard.press('Enter');
  await expect(note).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();

  await page.goto('/en/learn/cases/paint-maker');
  await press(page, 'Decide');
  await expect(problems(page)).toContainText(['Choose what you would do.']);
  await page.getByRole('radio').first().check();
  await press(page, 'Decide');
  await expect(page.getByRole('heading', { name: 'What to take from it' })).toBeVisible();
});

test('an administrator assigns a module and sees who is late', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyAdmin);
  await room(page, 'Learning');
  await follow(page, /^Overdue/);
  await expect(page.locator('#people tbody tr')).toContainText(['Femke Postma']);
  await page.getByLabel('Module', { exact: true }).selectOption({ index: 3 });
  await fill(page, { 'By when': '31 December 2099' });
  await press(page, 'Assign it');
  await expect(problems(page)).toContainText(['Choose at least one role.']);
  await choose(page, 'Company administrator');
  await press(page, 'Assign it');
  await expect(page.locator('.banner')).toContainText('Assigned');
  await expect(page.locator('#people tbody')).toContainText('Ingrid Bakker');
  const waits = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Excel' }).click();
  expect((await waits).suggestedFilename()).toMatch(/^learning-.*\.xlsx$/u);
  await page.goto('/en/c/meridian/');
  await follow(page, 'Modules to do');
  await expectHeading(page, 'My learning');
  await page.goto('/en/c/meridian/learning');
  const assigned = page.locator('#assigned tr', { hasText: '31 December 2099' });
  await leads(page, () => assigned.getByRole('button', { name: /^End/ }).click());
  await expect(page.locator('.banner')).toContainText('The assignment has ended');
  await signOut(page);
});
