// The main job, from an installation without anybody to a decision: the first administrator creates an authority, a
// company registers and is approved, its officer reports a suspicious order, the authority asks, is answered and decides.
// Every mail goes over a real mail server and says only that something waits.

import type { Page } from '@playwright/test';

import { fold } from './support/desk.ts';
import { choose, expectHeading, fill, follow, leads, press } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import type { Mail, MailServer } from './support/mail.ts';
import { PASSWORD, enrol, invite, join, room, signIn, workspace } from './support/people.ts';
import { begin, day, quickReport, reference, substance, walk, withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';

const DUTY = 'duty@authority.example';

/** Words of the case: none of them may stand in a mail. */
const CASE = ['Anhydride', 'Potassium', 'drums', 'Nachtegaal', 'Rotterdam', 'warehouse', 'invoice', 'Solvents'];

/** A mail that tells that something waits, and nothing of the case. */
async function discreet(mail: MailServer, to: string, subject: string): Promise<Mail> {
  const found = await mail.waitForMail(to, (one) => one.subject === subject);
  const told = `${found.subject}\n${found.text}\n${found.html || ''}`.toLowerCase();
  for (const word of CASE) expect(told, `“${word}” in the mail “${subject}”`).not.toContain(word.toLowerCase());
  return found;
}

test('from an empty installation to the outcome of a report', async ({ page, enter, mail, server }) => {
  test.setTimeout(480_000);
  const people = {
    system: 'system@installation.example',
    supervisor: 'supervisor@authority.example',
    officer: 'officer@authority.example',
    applicant: 'director@solvents.example',
    reporter: 'compliance@solvents.example',
  };

  await test.step('the console names the address of the first administrator', async () => {
    const link = server.announced.map((line) => line.trim()).find((line) => line.includes('/link/'));
    await page.goto(link ?? 'no link was announced');
    await fill(page, {
      'Name of this installation': 'Ministry computing centre',
      'Your name': 'Robin Achterberg',
      'E-mail address': people.system,
      'Choose a password': PASSWORD,
    });
    await press(page, 'Create the account');
    await enrol(page, people.system);
    await expectHeading(page, 'Installation');
  });

  await test.step('who creates an authority', async () => {
    await room(page, 'Organisations');
    await follow(page, 'Create an authority');
    await fill(page, { Name: 'Precursor Control Office', 'Duty e-mail address': DUTY, 'Duty telephone': '+31 70 555 0110' });
    await page.getByLabel('Country of its seat').selectOption('Netherlands');
    await fill(page, { 'Postal address': 'Kade 12\nDen Haag', 'E-mail address of its first administrator': people.supervisor });
    await press(page, 'Create the authority');
    await expect(page.getByText('The authority has been created')).toBeVisible();
  });

  const supervisor = await enter();
  const officer = await enter();
  await test.step('whose administrator invites an officer', async () => {
    await join(supervisor, await mail.waitForMail(people.supervisor), 'Adaeze Okoye');
    await enrol(supervisor, people.supervisor);
    await invite(supervisor, people.officer, 'Triage officer');
    const invited = await mail.waitForMail(people.officer, (one) => one.subject === 'You are invited to Forerunner');
    await join(officer, invited, 'Jelle Brouwer');
    await enrol(officer, people.officer);
  });

  const applicant = await enter();
  await test.step('a company registers and confirms its address', async () => {
    await applicant.goto('/en/');
    await follow(applicant, 'Apply for an account');
    await fill(applicant, {
      'Legal name': 'Solvents Rotterdam B.V.',
      'Number in the trade register': '61284407',
      'VAT number': 'NL004495445B01',
      'Postal address': 'Botlekweg 41\nRotterdam',
      'Telephone of the company': '+31 10 555 0103',
      'Your name': 'Ingrid Bakker',
      'Your e-mail address at work': people.applicant,
      'How can you act for the company?': 'Managing director in the trade register.',
      'Choose a password': PASSWORD,
    });
    await applicant.getByLabel('Country', { exact: true }).selectOption('Netherlands');
    await choose(applicant, 'Distributor', 'Importer');
    await press(applicant, 'Send the application');
    await expectHeading(applicant, 'Confirm your e-mail address now');

    const confirm = await mail.waitForMail(people.applicant, (one) => one.subject === 'Confirm your e-mail address');
    await applicant.goto(linkIn(confirm, '/link/'));
    await fill(applicant, { 'Password of the application': PASSWORD });
    await press(applicant, 'Confirm the address');
    await expect(applicant.getByText('The application is with the authority')).toBeVisible();
  });

  await test.step('the authority sees what was checked and approves', async () => {
    const waiting = await discreet(mail, DUTY, 'An application is waiting');
    await supervisor.goto(linkIn(waiting, '/organisations/'));
    await expectHeading(supervisor, 'Solvents Rotterdam B.V.');
    await expect(supervisor.getByRole('table', { name: 'What was checked' })).toContainText('VAT number');
    await follow(supervisor, 'Approve');
    await press(supervisor, 'Approve the company');
    await expect(supervisor.getByText('The company is approved')).toBeVisible();
    const approved = await mail.waitForMail(people.applicant, (one) => one.subject === 'Your company can work with Forerunner');
    await applicant.goto(linkIn(approved, '/c/'));
    await enrol(applicant, people.applicant);
    await expectHeading(applicant, 'Overview');
  });

  const reporter = await enter();
  await test.step('its administrator invites a compliance officer', async () => {
    await invite(applicant, people.reporter, 'Compliance officer');
    await join(reporter, await mail.waitForMail(people.reporter), 'Tomás Herrera');
    await expectHeading(reporter, 'Overview');
  });

  const quick = await test.step('a quick report goes first', async () => {
    const sent = await quickReport(reporter, 'Somebody asked for glassware.');
    await discreet(mail, DUTY, 'A new report is waiting');
    return sent;
  });

  await test.step('the officer of the company writes a report with two substances', () => write(reporter));

  const second = await reporter.context().newPage();
  await second.goto(reporter.url());
  await expectHeading(second, 'Check your answers before you send the report');
  const sent = await test.step('sends it, and sends it again: it is one report', async () => {
    await press(reporter, 'Send report');
    await expectHeading(reporter, /Report sent/);
    const sent = reference(reporter);
    await expect(reporter.getByText('Do not tell the customer').first()).toBeVisible();
    await press(second, 'Send report');
    expect(reference(second)).toBe(sent);
    await leads(reporter, () => reporter.goBack());
    expect(reference(reporter), 'the way back leads to the report, not to the form').toBe(sent);
    await room(reporter, 'Reports');
    await expect(reporter.locator('#reports tbody tr')).toHaveCount(2);
    await expect(reporter.getByRole('link', { name: sent })).toHaveCount(1);
    return sent;
  });

  await test.step('the authority finds it on top of its queue, above what came before', async () => {
    const waiting = await discreet(mail, DUTY, 'A report cannot wait');
    expect(linkIn(waiting, '/reports/')).toContain(sent);
    await room(officer, 'Queue');
    const rows = officer.locator('[data-queue] > li');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toContainText(sent);
    await expect(rows.nth(0)).toContainText('Leaves within 48 hours');
    await expect(rows.nth(1)).toContainText(quick);
    await leads(officer, () => rows.nth(0).locator('.queue__title a').click());
  });

  await test.step('reads it, with the amounts as they were understood', async () => {
    await expect(officer.locator('.label').getByText(sent)).toBeVisible();
    await expect(officer.getByText('3 drums of 200 l').first()).toBeVisible();
    await expect(officer.getByText(/600 l/).first()).toBeVisible();
    await expect(officer.getByText('Potassium permanganate').first()).toBeVisible();
    await expect(officer.getByText('Pays or wants to pay in cash').first()).toBeVisible();
  });

  await test.step('takes it and asks', async () => {
    await press(officer, 'Assign to me');
    await fold(officer, 'ask');
    await fill(officer, { 'Your question': 'Which company name stood on the van?' });
    await press(officer, 'Send the question');
    await expect(officer.getByText('Question sent; the clock stands still')).toBeVisible();
  });

  await test.step('the company answers', async () => {
    const asked = await discreet(mail, people.reporter, 'The authority has a question');
    await reporter.goto(linkIn(asked, '/reports/'));
    await expect(reporter.getByText('Which company name stood on the van?').first()).toBeVisible();
    await fill(reporter, { 'Your answer': 'None, it was a hired van.' });
    await press(reporter, 'Send the answer');
    await expect(reporter.getByText('None, it was a hired van.').first()).toBeVisible();
  });

  await test.step('the authority reads the answer and decides', async () => {
    const answered = await discreet(mail, people.officer, 'An answer has come in');
    await officer.goto(linkIn(answered, '/reports/'));
    await expect(officer.getByText('None, it was a hired van.').first()).toBeVisible();
    await fold(officer, 'accept');
    await choose(officer, 'Goods may reach the wrong hands soon');
    await press(officer, 'Accept for investigation');
    await expect(officer.getByText('Accepted for investigation').first()).toBeVisible();
  });

  await test.step('the company sees the class of the outcome, and nothing else of the decision', async () => {
    const decided = await discreet(mail, people.reporter, 'News about a report');
    await reporter.goto(linkIn(decided, '/reports/'));
    await expect(reporter.getByText(/Followed up/i).first()).toBeVisible();
    await expect(reporter.getByText('Goods may reach the wrong hands soon')).toHaveCount(0);
    await expect(reporter.getByText('Jelle Brouwer')).toHaveCount(0);
  });

  await test.step('those who run the computers see none of it', async () => {
    await page.goto(new URL(reporter.url()).pathname);
    await expectHeading(page, /not found|no such page/i);
    await page.goto(new URL(officer.url()).pathname);
    await expectHeading(page, /not found|no such page/i);
  });
});

/** Writes the full report, up to the page where the answers are checked. */
async function write(page: Page): Promise<void> {
  await signedInAt(page);
  await begin(page, 'full');
  await walk(page, 'What happened', {
    'What happened?': () => choose(page, 'Someone placed an order'),
    'When was it?': async () => {
      const [aware, occurred] = [page.getByRole('group', { name: /become aware/ }), page.getByRole('group', { name: /did it happen/ })];
      await fill(aware, { Day: day(-1), Time: '14:30' });
      await fill(occurred, { Day: day(-2) });
    },
    'How did they get in touch with you?': () => choose(page, 'They came in person'),
    'What happened, in your own words?': () =>
      fill(page, { 'What happened, in your own words?': 'A man nobody knew ordered at the warehouse and wanted no invoice.' }),
  });
  await walk(page, 'Substances and equipment', {
    'What is it about?': () => choose(page, 'Chemicals, medicines or mixtures'),
    'Which substance?': async () => {
      const first = page.url().includes('-1');
      await substance(page, first ? 'acetic anh' : 'potassium perm', first ? 'Acetic anhydride' : 'Potassium permanganate');
    },
    'How much?': () => fill(page, { Quantity: page.url().includes('-1') ? '3 drums of 200 l' : '25 kg' }),
    'Substances in this report': async () => {
      if ((await page.locator('.item-list__row').count()) > 1) return;
      await follow(page, 'Add another substance');
      await substance(page, 'potassium perm', 'Potassium permanganate');
    },
  });
  await walk(page, 'The other party', {
    'Who is it about?': () => choose(page, 'A company or organisation'),
    'What are they called?': () => fill(page, { 'Name of the company or person': 'Nachtegaal Trading' }),
    'Where are they?': () => fill(page, { Address: 'not known', Country: 'Netherlands' }),
  });
  await walk(page, 'Order and delivery', {
    'Where should the goods go?': () => choose(page, 'They collect it'),
    'How do they pay?': () => payInCash(page),
  });
  await walk(page, 'Why it looks suspicious', {
    'Why does it look suspicious to you?': () =>
      fill(page, { 'Why does it look suspicious to you?': 'He would not say what it is for.' }),
  });
  await walk(page, 'What you did', {
    'What have you done about the order?': () => choose(page, 'It is waiting: we have not delivered'),
    'Where are the goods now?': () => fill(page.getByRole('group', { name: /delivered or collected/ }), { Day: day(1), Time: '10:00' }),
  });
  await walk(page, 'Contact', {
    'Whom may the authority call?': () => fill(page, { Name: 'Tomás Herrera', Telephone: '+31 10 555 0103' }),
  });
  await expect(page.getByText('7 of 7 tasks completed')).toBeVisible();
  await follow(page, 'Check and send');
  for (const answer of ['Acetic anhydride', 'Potassium permanganate', 'Nachtegaal Trading', 'Cash']) {
    await expect(page.locator('.summary', { hasText: answer }).first()).toBeVisible();
  }
}

/** With scripts the panel beside the question changes as soon as the answer is marked, before anything is saved. */
async function payInCash(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: 'Indicators' });
  await expect(panel).not.toContainText('Pays or wants to pay in cash');
  await choose(page, 'Cash');
  if (!withScripts()) return;
  await expect(panel).toContainText('Pays or wants to pay in cash');
  await expect(panel).toContainText('Source:');
}

/** The reporter works on after a new sign-in, so that the way in is part of the job. */
async function signedInAt(page: Page): Promise<void> {
  const home = workspace(page);
  await page.context().clearCookies();
  await signIn(page, 'compliance@solvents.example');
  expect(workspace(page)).toBe(home);
}
