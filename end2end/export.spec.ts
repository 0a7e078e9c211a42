// A company takes its list of reports away, as a table and as data.

import { press } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('the list of reports is kept as a file, by the filter that is set', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyAdmin);
  await room(page, 'Reports');
  await page.locator('summary', { hasText: 'Filters' }).click();
  await page.getByLabel('State').selectOption('closed');
  await press(page, 'Apply filters');
  const shown = await page.locator('#reports tbody tr').count();
  expect(shown, 'the demo has closed reports').toBeGreaterThan(0);

  const address = async (name: string): Promise<string> =>
    (await page.getByRole('link', { name, exact: true }).getAttribute('href')) ?? '';
  const csv = await page.request.get(await address('CSV'));
  expect(csv.headers()['content-type']).toContain('text/csv');
  expect(csv.headers()['content-disposition']).toContain('attachment');
  expect((await csv.text()).trim().split('\n')).toHaveLength(shown + 1);

  const json = await page.request.get(await address('JSON'));
  const { reports } = (await json.json()) as { reports: { state: string }[] };
  expect(reports).toHaveLength(shown);
  expect(new Set(reports.map((report) => report.state))).toEqual(new Set(['closed']));

  const book = await page.request.get(await address('Excel'));
  expect(book.headers()['content-disposition']).toMatch(/filename="list-\d{4}-\d\d-\d\d\.xlsx"/);
  expect((await book.body()).subarray(0, 2).toString()).toBe('PK');

  await room(page, 'Log');
  await expect(page.getByText('List of reports exported')).toHaveCount(3);
});
