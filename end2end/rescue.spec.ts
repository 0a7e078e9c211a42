// Two system administrators let somebody in who has lost every way; one cannot.

import { expectHeading, fill, leads, press, problems } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, enrol, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const LOCKED_OUT = 'admin@prairie-agro.example';
const NEW_PASSWORD = 'harbour-violet-scale-77';

test('the only administrator of a company is let in anew by two', { tag: '@once' }, async ({ page, enter, mail }) => {
  await signIn(page, DEMO.system);
  await room(page, 'Locked out');
  await fill(page, { 'E-mail address of the administrator': DEMO.companyOfficer, 'How it was made sure who asks': 'They called.' });
  await press(page, 'Propose the reset');
  await expect(problems(page)).toHaveText([/helped by an administrator of their own organisation/]);
  await fill(page, { 'E-mail address of the administrator': LOCKED_OUT });
  await press(page, 'Propose the reset');
  const row = page.locator('#rescues tr', { hasText: LOCKED_OUT });
  await expect(row).toContainText('They called.');
  await expect(row.getByRole('link', { name: /^Confirm/ }), 'one alone cannot').toHaveCount(0);
  await mail.waitForMail(LOCKED_OUT, (one) => one.subject === 'Somebody asks to reset your account');

  const second = await enter(DEMO.secondSystem);
  await second.goto(linkIn(await mail.waitForMail(DEMO.secondSystem, (one) => one.subject?.startsWith('A second') ?? false), '/rescues'));
  await leads(second, () => second.locator('#rescues tr', { hasText: LOCKED_OUT }).getByRole('link', { name: /^Confirm/ }).click());
  await press(second, 'Reset the account');
  await expect(second.getByText('The account is reset')).toBeVisible();

  const locked = await enter();
  await locked.goto(linkIn(await mail.waitForMail(LOCKED_OUT, (one) => one.subject === 'Your account was reset'), '/link/'));
  await fill(locked, { 'New password': NEW_PASSWORD });
  await press(locked, 'Save the password');
  await signIn(locked, LOCKED_OUT, NEW_PASSWORD);
  await enrol(locked, LOCKED_OUT);
  await expectHeading(locked, 'Overview');
});
