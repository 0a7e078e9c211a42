// The duty roster: who leads writes it, whoever is away names who stands in, and what is given to them goes there.

import { fill, press } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const ROSTER = '/en/a/pco-nl/duty';

test('a supervisor puts somebody on duty', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.supervisor);
  await page.goto(`${ROSTER}?from=2031-03-03`);
  const box = page.getByLabel(/Adaeze Okoye on Wednesday, 5 Mar 2031/);
  await box.check();
  await press(page, 'Save the roster');
  await expect(page.locator('main')).toContainText('The roster is saved');
  await expect(page.getByLabel(/Adaeze Okoye on Wednesday, 5 Mar 2031/)).toBeChecked();
});

test('who is away names a deputy, and wrong days are told', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await page.goto(ROSTER);
  await fill(page, { 'First day away': '4 March 2032', 'Last day away': '3 March 2032' });
  await page.getByLabel('Stands in').selectOption({ label: 'Adaeze Okoye' });
  await press(page, 'Enter the absence');
  await expect(page.locator('main')).toContainText('The last day lies before the first');
  await expect(page.getByLabel('First day away')).toHaveValue('4 March 2032');
  await fill(page, { 'Last day away': '5 March 2032' });
  await press(page, 'Enter the absence');
  await expect(page.locator('main')).toContainText('The absence is entered');
  const row = page.locator('#away tr', { hasText: '4 Mar 2032' });
  await expect(row).toContainText('Adaeze Okoye');
  await row.getByRole('button').click();
  await expect(page.locator('main')).toContainText('The absence is taken out');
});
