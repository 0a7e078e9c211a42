// Suspending an organisation and letting it work again.

import { expectHeading, fill, press, problems, unique } from './support/form.ts';
import { DEMO, enrol, join, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('a suspended association is out at once, reads why, and comes back', { tag: '@once' }, async ({ page, enter, mail }) => {
  const [name, email] = [`Association ${unique()}`, `${unique()}@suspended.example`];
  await signIn(page, DEMO.system);
  await page.goto('/en/s/installation/organisations/new-association');
  await fill(page, { Name: name, Telephone: '+31 10 555 0100', 'Postal address': 'Kade 2\nDelft', 'E-mail address of its first administrator': email });
  await page.getByLabel('Country of its seat').selectOption('Netherlands');
  await press(page, 'Create the association');

  const member = await enter();
  await join(member, await mail.waitForMail(email, (one) => one.subject === 'You are invited to Forerunner'), 'Kim Peters');
  await enrol(member, email);
  await expectHeading(member, name);
  const home = member.url();

  await page.getByRole('row', { name: new RegExp(name) }).getByRole('link', { name: /^Suspend/ }).click();
  await expectHeading(page, `Suspend ${name}?`);
  await press(page, 'Suspend');
  await expect(problems(page), 'a suspension needs its reason').toHaveCount(1);
  await fill(page, { Reason: 'The mailbox of the administrator was broken into.' });
  await press(page, 'Suspend');
  await expect(page.getByText('The organisation is suspended')).toBeVisible();
  const told = await mail.waitForMail(email, (one) => one.subject === 'Your organisation\'s access has changed');
  expect(told.text).not.toContain('broken into');

  await member.reload();
  await expectHeading(member, 'Sign in');
  await signIn(member, email);
  await expect(member.getByText('The mailbox of the administrator was broken into.')).toBeVisible();
  await member.goto(home);
  await expectHeading(member, 'Page not found');

  await page.getByRole('row', { name: new RegExp(name) }).getByRole('link', { name: /^Lift/ }).click();
  await press(page, 'Lift the suspension');
  await member.reload();
  await expectHeading(member, name);
});

test('the state of the installation is told on one page', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.system);
  await page.goto('/en/s/installation/state');
  await expectHeading(page, 'State of the installation');
  await expect(page.locator('#jobs')).toContainText('Sending mail');
  await expect(page.getByText('SQLite, one file in the data folder')).toBeVisible();
});
