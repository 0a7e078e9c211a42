// The authority's desk: a report to work on, the folds of its acts, and the keys.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

import { unique } from './form.ts';
import { DEMO } from './people.ts';
import { quickReport } from './report.ts';

/** A report of its own for a test. The browser of the person who reported it, and the reference. */
export async function reported(enter: (email?: string) => Promise<Page>): Promise<{ company: Page; sent: string }> {
  const company = await enter(DEMO.companyOfficer);
  return { company, sent: await quickReport(company, `Somebody asked for reagents. ${unique()}`) };
}

/** Opens the fold of an act on a report. */
export async function fold(page: Page, act: string): Promise<void> {
  await page.locator(`[data-act=${act}] > summary`).click();
}

/** The keys are heard once the scripts have come and the list has the focus. */
export async function keysAreHeard(page: Page): Promise<void> {
  await expect(page.locator('[data-keys] :focus, [data-keys]:focus')).toHaveCount(1);
}
