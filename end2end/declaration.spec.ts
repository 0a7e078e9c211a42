// A declaration of use: asked for by a link, filled in and signed without an account, accepted, used up; what goes beyond is told.

import { fill, follow, press, problems, unique } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a customer signs behind a link, and orders are counted against it', async ({ page, enter, mail }) => {
  const email = `${unique()}@customer.example`;
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/c/meridian/customers');
  await follow(page, 'Fjord Process Chemicals AS');
  await follow(page, 'Ask for a declaration');
  await follow(page, /Use this one European Union: one transaction/);
  await press(page, 'Go on');
  await expect(problems(page).first()).toContainText('Name the substance');
  await page.getByLabel('Substance', { exact: true }).fill('acetic anhydride');
  await page.getByLabel('Quantity').fill('200 l');
  await page.getByLabel('Address', { exact: true }).fill('Havnegata 1\nBergen');
  await page.getByLabel('Customer’s e-mail address').fill(email);
  await press(page, 'Go on');
  await expect(page.locator('.declared')).toContainText('Acetic anhydride, tariff code 2915 24 00');
  await press(page, 'Send the link');
  const declaration = page.url().split('?')[0] ?? '';

  const customer = await enter();
  const sent = await mail.waitForMail(email);
  expect(`${sent.subject} ${sent.text}`).not.toMatch(/Forerunner carries|suspic|authority|report/i);
  await customer.goto(linkIn(sent, '/declare/'));
  await expect(customer.locator('body')).not.toContainText('Forerunner');
  await expect(customer.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
  await fill(customer, { 'Name of who signs': 'Ingrid Lie', Position: 'Buyer', Place: 'Bergen' });
  await press(customer, 'Go on to the text');
  await expect(problems(customer)).toHaveText(['Fill this in']);
  await expect(customer.getByLabel('Name of who signs')).toHaveValue('Ingrid Lie');
  await customer.getByLabel('Exclusive use or uses').fill('Acetylation in our own works');
  await press(customer, 'Go on to the text');
  await fill(customer, { 'Your signature': 'Somebody else' });
  await press(customer, 'Sign the declaration');
  await expect(problems(customer)).toHaveText([/as it stands in the text/]);
  await fill(customer, { 'Your signature': 'Ingrid Lie' });
  await press(customer, 'Sign the declaration');
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('The declaration is signed');
  const hash = await customer.locator('.evidence__hash code').textContent();

  await page.goto(declaration);
  await expect(page.locator('.evidence__hash code')).toHaveText(hash ?? 'no hash');
  await expect(page.getByText('The text is the one that was signed.')).toBeVisible();
  await press(page, 'Accept it');
  await page.locator('form[action$="/orders"]').getByLabel('Quantity').fill('220 l');
  await press(page, 'Record it');
  await expect(problems(page)).toHaveText([/20 l more than was declared/]);
  await page.locator('form[action$="/orders"]').getByLabel('Reason').fill('Agreed by telephone');
  await press(page, 'Record it');
  await expect(page.getByText('It is used up', { exact: true })).toBeVisible();
});

test('links that open nothing look alike', { tag: '@once' }, async ({ page }) => {
  for (const token of ['0000', 'x'.repeat(43)]) {
    const answer = await page.goto(`/en/declare/${token}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing behind this link');
  }
});
