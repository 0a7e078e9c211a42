// Writing a report: the answers by the heading of the page that asks.

import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

import { choose, expectHeading, fill, follow, heading, press } from './form.ts';

/** What is done on a question's page before it is saved. */
export type Answer = (page: Page) => Promise<void>;

/** Begins a draft from any page of a company's workspace; ends at its list of tasks. */
export async function begin(page: Page, form: 'full' | 'quick'): Promise<void> {
  await page.goto(`${new URL(page.url()).pathname.split('/').slice(0, 4).join('/')}/reports/new`);
  await choose(page, form === 'full' ? 'About ten minutes: the full report' : 'Under five minutes: a quick report');
  await press(page, 'Begin');
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]+$/);
}

/** Opens a task of the draft from its list of tasks. */
export async function task(page: Page, title: string): Promise<void> {
  await follow(page.locator('.tasks'), title);
}

/**
 * Goes through the questions of a task, from its page in the list of tasks until back there. A question without an
 * answer is left as it is.
 */
export async function walk(page: Page, title: string, answers: Record<string, Answer>): Promise<void> {
  await task(page, title);
  const list = new URL(page.url()).pathname.split('/').slice(0, 6).join('/');
  while (new URL(page.url()).pathname !== list) {
    const asked = await heading(page).innerText();
    await (answers[asked] ?? skip)(page);
    const before = page.url();
    const save = page.getByRole('button', { name: 'Save and continue', exact: true });
    if (await save.isVisible()) await press(page, 'Save and continue');
    else await follow(page, 'Continue');
    if (page.url() === before || page.url().includes('errors=')) throw new Error(`“${asked}” was not taken`);
  }
}

const skip: Answer = () => Promise.resolve();

/** A moment some days from now, in UTC, as people write it. */
export function day(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** Writes a quick report and sends it; ends at the confirmation. The reference. */
export async function quickReport(page: Page, story: string): Promise<string> {
  await begin(page, 'quick');
  // The four questions follow each other.
  await walk(page, 'What happened, and with which chemical or equipment?', {
    'What happened, and with which chemical or equipment?': async () => {
      await choose(page, 'Someone asked about buying, without ordering');
      await fill(page, { 'What happened, in your own words?': story });
    },
    'Who was it?': () => choose(page, 'We do not know who it is'),
    'Why does it look suspicious to you?': () =>
      fill(page, { 'Why does it look suspicious to you?': 'They would not say what it is for.' }),
    'What have you done?': async () => {
      await choose(page, 'We refused');
      await fill(page, { 'Telephone number on which the authority can call you': '+31 10 555 0103' });
    },
  });
  return send(page);
}

/** From the list of tasks over the check page to the confirmation. The reference. */
export async function send(page: Page): Promise<string> {
  await follow(page, 'Check and send');
  await press(page, 'Send report');
  await expectHeading(page, /Report sent/);
  return reference(page);
}

/** The reference in the address. */
export function reference(page: Page): string {
  const found = page.url().match(/\/reports\/(FR-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])/);
  if (!found?.[1]) throw new Error(`${page.url()} holds no reference`);
  return found[1];
}

/**
 * Answers which substance it is: with scripts by typing a part of the name and choosing from the picker's list, without
 * them by writing the name.
 */
export async function substance(page: Page, typed: string, name: string): Promise<void> {
  if (!withScripts()) {
    await fill(page, { 'Name of the substance or product': name });
    return;
  }
  const input = page.getByRole('combobox', { name: 'Name of the substance or product' });
  // An entry's name goes before its number; mixtures that contain it come further down.
  const entry = page.getByRole('option', { name: new RegExp(`^${name}`) });
  // What is typed before the index has arrived is suggested for at the next key.
  await expect(async () => {
    await input.fill('');
    await input.pressSequentially(typed);
    await expect(entry).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await entry.click();
  await expect(input).toHaveValue(name);
}

/** Whether the pages of this test run scripts. */
export function withScripts(): boolean {
  return test.info().project.use.javaScriptEnabled ?? true;
}
