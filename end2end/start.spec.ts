// The doors that everybody meets first: the start page, the catalogue, and the desk of a demo authority.

import { expect, test } from './support/test.ts';

test('the start page says what this is and leads on', async ({ page, server }) => {
  await page.goto(`${server.url}/en/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/suspicious order/);
  await page.getByRole('link', { name: 'Look up a substance' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Substances');
  await page.goto(`${server.url}/en/substances/acetic-anhydride`);
  await expect(page.getByText('108-24-7').first()).toBeVisible();
});
