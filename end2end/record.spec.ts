// A report as PDF, for the company and for the desk.

import { DEMO, signIn } from './support/people.ts';
import { quickReport } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a report is taken as PDF by both sides', { tag: '@once' }, async ({ page, enter }) => {
  test.slow();
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/');
  const reference = await quickReport(page, 'Two drums for Щукин, without papers.');
  const desk = await enter(DEMO.officer);
  for (const [who, at] of [
    [page, `/en/c/meridian/reports/${reference}`],
    [desk, `/en/a/pco-nl/reports/${reference}`],
  ] as const) {
    await who.goto(at);
    const download = who.waitForEvent('download');
    await who.getByRole('link', { name: 'Download as PDF' }).first().click();
    expect((await download).suggestedFilename()).toBe(`report-${reference}-1.pdf`);
  }
});
