// Getting in, staying in, getting out; who may do what.

import type { Page } from '@playwright/test';

import { choose, expectHeading, field, fill, follow, heading, leads, press, problems, unique } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, DUTY, PASSWORD, givePassword, invite, join, room, signIn, signOut, workspace } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const NEW_PASSWORD = 'harbour-violet-scale-77';

/** A company of its own that has applied and confirmed its address; its administrator at the page of the application. */
async function apply(page: Page, mail: Parameters<Parameters<typeof test>[2]>[0]['mail'], name: string, email: string): Promise<void> {
  await page.goto('/en/register');
  await fill(page, {
    'Legal name': name,
    'Number in the trade register': unique(),
    'Postal address': 'Kade 1\nDelft',
    'Telephone of the company': '+31 15 555 0100',
    'Your name': 'Sam Jansen',
    'Your e-mail address at work': email,
    'How can you act for the company?': 'Owner.',
    'Choose a password': PASSWORD,
  });
  await page.getByLabel('Country', { exact: true }).selectOption('Netherlands');
  await choose(page, 'Broker');
  await press(page, 'Send the application');
  await page.goto(linkIn(await mail.waitForMail(email), '/link/'));
  await fill(page, { 'Password of the application': PASSWORD });
  await press(page, 'Confirm the address');
  await expect(page.getByText('The application is with the authority')).toBeVisible();
}

test('a wrong password and an unknown address are answered alike', { tag: '@once' }, async ({ page }) => {
  const answers: string[] = [];
  for (const email of [DEMO.companyReader, 'nobody@nowhere.example']) {
    await page.goto('/en/sign-in');
    await givePassword(page, email, 'this is not the password');
    await expect(page).toHaveTitle(/^Error: Sign in/);
    await expect(field(page, 'E-mail address')).toHaveValue(email);
    await expect(field(page, 'Password'), 'a password is never handed back').toHaveValue('');
    answers.push(await problems(page).allInnerTexts().then((texts) => texts.join('\n')));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).toContain('is not right');
});

test('after signing out the back button shows nothing', async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Reports');
  const reports = page.url();
  await signOut(page);
  await expect(page.getByText('You have signed out')).toBeVisible();
  await page.goBack();
  await expectHeading(page, 'Sign in');
  await page.goto(reports);
  await expectHeading(page, 'Sign in');
  await givePassword(page, DEMO.companyOfficer);
  await expect(page, 'who signs in goes on where they were').toHaveURL(reports);
});

test('a new password by mail ends every sign-in', { tag: '@once' }, async ({ page, enter, mail }) => {
  const email = `${unique()}@reset.example`;
  const admin = await enter(DEMO.companyAdmin);
  await invite(admin, email, 'Reader');
  const elsewhere = await enter();
  await join(elsewhere, await mail.waitForMail(email), 'Kim Peters');
  await expectHeading(elsewhere, 'Overview');

  await page.goto('/en/sign-in');
  await follow(page, 'I have forgotten my password');
  await fill(page, { 'E-mail address': email });
  await press(page, 'Send the link');
  await expectHeading(page, 'Look into your mailbox');
  const link = linkIn(await mail.waitForMail(email, (one) => one.subject === 'Choose a new password'), '/link/');
  await page.goto(link);
  await fill(page, { 'New password': 'password12345678' });
  await press(page, 'Save the password');
  await expect(problems(page), 'a password that everybody tries is refused').toHaveCount(1);
  await fill(page, { 'New password': NEW_PASSWORD });
  await press(page, 'Save the password');
  await expect(page.getByText('Your new password is saved')).toBeVisible();
  await mail.waitForMail(email, (one) => one.subject === 'Your password was changed');

  await elsewhere.reload();
  await expectHeading(elsewhere, 'Sign in');
  await page.goto(link);
  await expectHeading(page, 'This link does not work any more');
  await signIn(page, email, NEW_PASSWORD);
  await expectHeading(page, 'Overview');
});

test('asking for a new password does not tell who has an account', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/forgot');
  await fill(page, { 'E-mail address': `${unique()}@nowhere.example` });
  await press(page, 'Send the link');
  await expectHeading(page, 'Look into your mailbox');
});

test('an administrator invites, changes a role and removes', { tag: '@once' }, async ({ page, enter, mail }) => {
  const email = `${unique()}@invited.example`;
  await signIn(page, DEMO.companyAdmin);
  await invite(page, email, 'Compliance officer');
  await expect(page.locator('#invitations')).toContainText(email);

  const colleague = await enter();
  const link = linkIn(await mail.waitForMail(email, (one) => one.subject === 'You are invited to Forerunner'), '/link/');
  await colleague.goto(link);
  await fill(colleague, { 'Your name': 'Noa de Boer', 'Choose a password': 'meridian-meridian' });
  await press(colleague, 'Join');
  await expect(problems(colleague), 'the company’s name makes no password').toHaveCount(1);
  await expect(field(colleague, 'Your name'), 'what was typed stays').toHaveValue('Noa de Boer');
  await fill(colleague, { 'Choose a password': PASSWORD });
  await press(colleague, 'Join');
  await expectHeading(colleague, 'Overview');
  await expect(colleague.getByRole('link', { name: 'New report' }).first()).toBeVisible();

  const row = () => page.locator('#members tr', { hasText: email });
  await room(page, 'Team');
  await leads(page, () => row().getByRole('link', { name: /^Change role/ }).click());
  await choose(page, 'Reader');
  await press(page, 'Change role');
  await expect(row()).toContainText('Reader');
  await colleague.reload();
  await expect(colleague.getByRole('link', { name: 'New report' }), 'at once').toHaveCount(0);

  await leads(page, () => row().getByRole('link', { name: /^Remove/ }).click());
  await press(page, 'Remove from the team');
  await expect(row()).toHaveCount(0);
  await colleague.reload();
  await expectHeading(colleague, 'Page not found');
});

test('a reader reads and cannot write', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyReader);
  const home = workspace(page);
  await expect(page.getByRole('link', { name: 'New report' })).toHaveCount(0);
  await page.goto(`${home}/reports/new`);
  await expectHeading(page, 'Page not found');
  await page.goto(`${home}/team`);
  await expect(page.getByText('Only administrators can invite and remove people.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send the invitation' })).toHaveCount(0);
});

test('another organisation’s pages do not exist', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.otherCompany);
  for (const path of ['/en/c/meridian/', '/en/c/meridian/reports', '/en/a/pco-nl/queue', '/en/s/installation/', '/en/n/chemtrade-assoc/']) {
    await page.goto(path);
    await expectHeading(page, 'Page not found');
  }
});

test('an application is refused with a reason that the applicant reads', { tag: '@once' }, async ({ page, enter, mail }) => {
  const [email, name] = [`${unique()}@refused.example`, `Refused ${unique()} B.V.`];
  await apply(page, mail, name, email);
  const handle = workspace(page).split('/').at(-1) ?? '';
  const waiting = await mail.waitForMail(DUTY, (one) => (one.text ?? '').includes(handle));

  const supervisor = await enter(DEMO.supervisor);
  await supervisor.goto(linkIn(waiting, '/organisations/'));
  await expectHeading(supervisor, name);
  await follow(supervisor, 'Refuse');
  await press(supervisor, 'Refuse the application');
  await expect(problems(supervisor), 'a refusal needs its reason').toHaveCount(1);
  await fill(supervisor, { Reason: 'Send an extract from the register.\nNot older than a month.' });
  await press(supervisor, 'Refuse the application');
  await expect(supervisor.getByText('The application is refused')).toBeVisible();

  const told = await mail.waitForMail(email, (one) => one.subject === 'Your application has been decided');
  expect(told.text).not.toContain('extract');
  await page.goto(linkIn(told, '/c/'));
  await expect(page.getByText('The application was refused')).toBeVisible();
  await expect(page.getByText('Send an extract from the register.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Apply again' })).toBeVisible();
});

test('an officer of the authority sees applications and cannot decide them', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.officer);
  await room(page, 'Organisations');
  await follow(page, /Titration Laboratory Supplies/);
  await expect(page.getByText('Supervisors and administrators of your authority decide')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Approve', exact: true })).toHaveCount(0);
});

test('the form of an application keeps what was typed and says what is wrong', { tag: '@once' }, async ({ page }) => {
  await page.goto('/en/register');
  await press(page, 'Send the application');
  await expect(page).toHaveTitle(/^Error: Register your company/);
  const said = await problems(page).count();
  expect(said).toBeGreaterThan(5);
  await fill(page, { 'Legal name': 'Long & “odd” <name>', 'VAT number': 'NL000000000B00', 'Choose a password': 'too short' });
  await press(page, 'Send the application');
  expect(await problems(page).count()).toBeLessThan(said);
  await expect(field(page, 'Legal name')).toHaveValue('Long & “odd” <name>');
  await expect(field(page, 'VAT number')).toHaveValue('NL000000000B00');
  await expect(field(page, 'Choose a password')).toHaveValue('');
});

test('one’s own account: name, password, sign-ins', { tag: '@once' }, async ({ page, enter, mail }) => {
  const email = `${unique()}@own.example`;
  const admin = await enter(DEMO.companyAdmin);
  await invite(admin, email, 'Reader');
  await join(page, await mail.waitForMail(email), 'First Name');
  const elsewhere = await enter(email);
  const told = await mail.waitForMail(email, (one) => one.subject === 'A sign-in from a new browser');
  expect(told.text).not.toContain('127.0.0.1');

  await page.goto('/en/me');
  await fill(page, { 'Your name': 'Second Name' });
  await press(page, 'Save');
  await expect(page.locator('header')).toContainText('Second Name');
  await expect(page.locator('#sessions tbody tr')).toHaveCount(2);
  await press(page, 'End all other sign-ins');
  await expect(page.locator('#sessions tbody tr')).toHaveCount(1);
  await elsewhere.reload();
  await expectHeading(elsewhere, 'Sign in');

  await fill(page, { 'Current password': 'not the current one', 'New password': NEW_PASSWORD });
  await press(page, 'Change the password');
  await expect(problems(page)).toHaveText(['This is not your present password.']);
  await fill(page, { 'Current password': PASSWORD, 'New password': NEW_PASSWORD });
  await press(page, 'Change the password');
  await expect(page.getByText('Your password has been changed')).toBeVisible();
  await signIn(elsewhere, email, NEW_PASSWORD);

  await page.goto('/en/me');
  await press(page, 'Sign out everywhere');
  await expect(page.getByText('You have signed out')).toBeVisible();
  await elsewhere.reload();
  await expectHeading(elsewhere, 'Sign in');
});

test('the association has a home that names the authorities’ telephones', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.association);
  await expectHeading(page, /Association of Chemical Traders/);
  await expect(page.getByRole('table', { name: 'How to reach the authorities' })).toContainText('+31 70 555 0110');
  await follow(page, 'Read the red flags');
  await expect(heading(page)).toBeVisible();
  await expect(page.getByText('Pays or wants to pay in cash')).toBeVisible();
});

test('the system administrator looks after organisations and mail, and sees no reports', { tag: '@once' }, async ({ page, mail }) => {
  await signIn(page, DEMO.system);
  await expectHeading(page, 'Installation');
  await room(page, 'Organisations');
  await expect(page.getByRole('table', { name: 'Competent national authorities' })).toContainText('Precursor Control Office');
  const [name, email] = [`Association ${unique()}`, `${unique()}@association.example`];
  await follow(page, 'Create an association');
  await press(page, 'Create the association');
  await expect(problems(page)).not.toHaveCount(0);
  await fill(page, {
    Name: name,
    Telephone: '+32 2 555 0100',
    'Postal address': 'Rue 1\nBrussels',
    'E-mail address of its first administrator': email,
  });
  await page.getByLabel('Country of its seat').selectOption('Belgium');
  await press(page, 'Create the association');
  await expect(page.getByText('The association has been created')).toBeVisible();
  await mail.waitForMail(email, (one) => one.subject === 'You are invited to Forerunner');
  await room(page, 'Mail');
  await expectHeading(page, 'Mail');
  for (const path of ['/en/c/meridian/reports', '/en/a/pco-nl/queue']) {
    await page.goto(path);
    await expectHeading(page, 'Page not found');
  }
});

test('an administrator reads what was done, proves that it is whole, and keeps it', { tag: '@once' }, async ({ page, enter, request }) => {
  const authority = await enter(DEMO.officer);
  await authority.goto('/en/a/pco-nl/queue');
  const opened = authority.locator('[data-queue] > li', { hasText: 'Meridian' }).first();
  const sent = (await opened.innerText()).match(/FR-\w{4}-\w{4}-\w/)?.[0] ?? 'no reference';
  await authority.goto(`/en/a/pco-nl/reports/${sent}`);

  await signIn(page, DEMO.companyAdmin);
  await room(page, 'Log');
  const rows = page.locator('#log tbody tr');
  await expect(rows.first()).toBeVisible();
  await page.goto(`/en/c/meridian/log?report=${sent.toLowerCase()}`);
  await expect(rows.filter({ hasText: 'Report opened' }).filter({ hasText: 'Precursor Control Office' })).not.toHaveCount(0);
  await expect(page.locator('#log')).not.toContainText('Jelle Brouwer');
  await follow(page, 'Check the chain');
  await expectHeading(page, 'The chain of the log');
  await expect(page.getByText('The log is whole')).toBeVisible();

  await page.goto('/en/c/meridian/log?from=31+February+2026');
  await expect(problems(page)).toHaveText([/Write the day like/]);
  await expect(field(page, 'From'), 'what was typed stays').toHaveValue('31 February 2026');
  const link = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href');
  const cookies = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
  const file = await request.get(link?.replace(/\?.*/, '') ?? '', { headers: { cookie: cookies } });
  expect(file.headers()['content-disposition']).toContain('attachment');
  expect(await file.text()).toContain('"Tomás Herrera');
});

test('officers have no log', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await expect(page.getByRole('navigation', { name: 'Workspace' }).getByRole('link', { name: 'Log' })).toHaveCount(0);
  const answer = await page.goto('/en/c/meridian/log');
  expect(answer?.status()).toBe(404);
});
