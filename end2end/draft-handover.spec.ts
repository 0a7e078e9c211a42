// A draft is handed over to a colleague, who goes on with it.

import { choose, expectHeading, press } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { begin } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a draft is handed over to a colleague', async ({ page, enter }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/');
  await begin(page, 'full');
  const tasks = page.url();
  await page.goto(`${tasks}/what/kind`);
  await choose(page, 'Someone placed an order');
  await press(page, 'Save and exit');
  await expect(page.getByText(/Kept until/)).toBeVisible();

  await page.getByText('Hand this draft over to a colleague').click();
  await press(page, 'Hand it over');
  await expect(page.getByText('Choose a colleague who writes reports')).toBeVisible();
  const colleague = page.getByLabel('Colleague');
  await colleague.selectOption({ index: 1 });
  await press(page, 'Hand it over');
  await expect(page.getByText('The draft was handed over')).toBeVisible();
  expect((await page.goto(tasks))?.status()).toBe(404);

  const admin = await enter(DEMO.companyAdmin);
  await admin.goto(tasks);
  await expectHeading(admin, /Draft report/);
});
