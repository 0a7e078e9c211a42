// Writing a notice, as an authority or an association does.

import { expectHeading, press } from './form.ts';
import { room } from './people.ts';
import type { Locator, Page } from '@playwright/test';

/** Begins a notice and writes its text in English; gives the group of its fields. */
export async function beginNotice(page: Page, title: string, summary: string, body: string): Promise<Locator> {
  await room(page, 'Notices');
  await page.locator('summary', { hasText: 'New notice' }).click();
  await press(page, 'Begin');
  await expectHeading(page, 'Edit the notice');
  const text = page.getByRole('group', { name: 'Text in English' });
  await text.getByLabel('Title', { exact: true }).fill(title);
  await text.getByLabel('Summary', { exact: true }).fill(summary);
  await text.getByLabel('Text', { exact: true }).fill(body);
  return text;
}
