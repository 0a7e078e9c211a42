// The inspection pack of a year, taken by an administrator.

import { readFileSync } from 'node:fs';

import { follow } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('an administrator takes the inspection pack of a year', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyAdmin);
  await page.goto('/en/c/meridian/reports');
  await follow(page, 'Inspection pack for a year');
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Take the pack' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^inspection-\d{4}\.zip$/);
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  for (const name of ['overview.pdf', 'manifest.json', 'SHA256SUMS', 'reports.csv']) expect(bytes.includes(name)).toBe(true);
});
