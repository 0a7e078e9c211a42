// Filling in pages as people do: by the words on them.

import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Waits until the page that this act leads to has loaded, even if its address is the same. */
export async function leads(page: Page, act: () => Promise<unknown>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
}

/** Presses the button of this name, which sends its form, and waits for the answer. */
export async function press(page: Page | Locator, name: string): Promise<void> {
  const owner = 'page' in page ? page.page() : page;
  await leads(owner, () => page.getByRole('button', { name, exact: true }).click());
}

/** Follows the link of this name. */
export async function follow(page: Page | Locator, name: string | RegExp): Promise<void> {
  const owner = 'page' in page ? page.page() : page;
  await leads(owner, () => page.getByRole('link', typeof name === 'string' ? { name, exact: true } : { name }).click());
}

/** Types into the fields with these labels. */
export async function fill(page: Page | Locator, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await field(page, label).fill(text);
}

/** The text field with this label, which may be followed by “(optional)”. */
export function field(page: Page | Locator, label: string): Locator {
  const words = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page.getByLabel(new RegExp(`^${words}( \\(optional\\))?$`));
}

/** Ticks the box, or marks the answer, with this label. */
export async function choose(page: Page | Locator, ...labels: string[]): Promise<void> {
  for (const label of labels) await page.getByLabel(label, { exact: true }).check();
}

/** The page's heading. There is exactly one. */
export function heading(page: Page): Locator {
  return page.getByRole('heading', { level: 1 });
}

/** Fails unless the page has this heading. */
export async function expectHeading(page: Page, words: string | RegExp): Promise<void> {
  await expect(heading(page)).toHaveText(words);
}

/** What stands in the list at the top of a page whose form was not taken. */
export function problems(page: Page): Locator {
  return page.locator('#errors li');
}

let counted = 0;

/** A word that no other test uses. */
export function unique(): string {
  counted += 1;
  return `${process.pid.toString(36)}${Date.now().toString(36)}${counted.toString(36)}`;
}
