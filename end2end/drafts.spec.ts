// Nothing that was typed is lost: not by leaving, not by an ended sign-in, not in a second tab, not when the server dies.

import type { Page } from '@playwright/test';

import { choose, expectHeading, field, fill, follow, heading, leads, press, problems, unique } from './support/form.ts';
import { DEMO, givePassword, room, signIn, signOut, workspace } from './support/people.ts';
import { begin, day, quickReport, send, task, walk } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const STORY = 'What happened, in your own words?';
const REASON = 'Why does it look suspicious to you?';

test.beforeEach(({ page }) => signIn(page, DEMO.companyOfficer));

/** A quick draft at its question for the reason, which has one field. */
async function atReason(page: Page): Promise<void> {
  await begin(page, 'quick');
  await task(page, REASON);
}

test('a quick report takes four questions and can be completed later', async ({ page }) => {
  const story = `A caller asked for methylamine. ${unique()}`;
  const sent = await quickReport(page, story);
  await follow(page, 'Open the report');
  await expect(page.getByText(story).first()).toBeVisible();
  await press(page, 'Complete it');
  await expect(page.getByText(`Completes the quick report ${sent}`)).toBeVisible();
  await task(page, 'What happened');
  await expectHeading(page, 'What happened?');
  await expect(page.getByLabel('Someone asked about buying, without ordering'), 'what was said is there').toBeChecked();
});

test('a report needs no substance', { tag: '@once' }, async ({ page }) => {
  await begin(page, 'full');
  await walk(page, 'What happened', {
    'What happened?': () => choose(page, 'Another business is breaking the rules'),
    'When was it?': () => fill(page.getByRole('group', { name: /become aware/ }), { Day: day(-1), Time: '9:15 am' }),
    [STORY]: () => fill(page, { [STORY]: 'They sell tablet presses without asking who buys.' }),
  });
  await walk(page, 'Substances and equipment', {
    'What is it about?': () => choose(page, 'Neither: it is about a person or a business'),
  });
  await walk(page, 'The other party', { 'Who is it about?': () => choose(page, 'We do not know who it is') });
  await walk(page, 'Why it looks suspicious', { [REASON]: () => fill(page, { [REASON]: 'Nobody asks for papers there.' }) });
  await walk(page, 'Contact', {
    'Whom may the authority call?': () => fill(page, { Name: 'Tomás Herrera', Telephone: '+31 10 555 0103' }),
  });
  await send(page);
});

test('a report that lacks answers is not sent, and says which', { tag: '@once' }, async ({ page }) => {
  await atReason(page);
  await fill(page, { [REASON]: 'One sentence.' });
  await press(page, 'Save and exit');
  await follow(page, 'Check and send');
  await press(page, 'Send report');
  await expect(page).toHaveTitle(/^Error: /);
  await follow(page, /Kind of report/);
  await expect(problems(page).first()).toHaveText('Choose what happened');
  await expectHeading(page, /What happened/);
});

test('what cannot be read is kept as it was typed and explained at the field', async ({ page }) => {
  await begin(page, 'full');
  await task(page, 'What happened');
  await choose(page, 'Someone placed an order');
  await press(page, 'Save and continue');
  const aware = page.getByRole('group', { name: /become aware/ });
  await fill(aware, { Day: '31 February 2026', Time: '14:30' });
  await press(page, 'Save and continue');
  await expect(page).toHaveTitle(/^Error: /);
  await expect(problems(page)).not.toHaveCount(0);
  await expect(field(aware, 'Day')).toHaveValue('31 February 2026');
  await expect(field(aware, 'Time')).toHaveValue('14:30');
  await expect(aware.getByText(/does not exist in the calendar/)).toBeVisible();
});

test('a draft survives signing out and in again', { tag: '@once' }, async ({ page }) => {
  await begin(page, 'quick');
  const draft = page.url();
  await task(page, REASON);
  await fill(page, { [REASON]: 'To be gone on with.' });
  await press(page, 'Save and exit');
  await signOut(page);
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Reports');
  await page.goto(draft);
  await task(page, REASON);
  await expect(field(page, REASON)).toHaveValue('To be gone on with.');
});

test('a form sent after the sign-in has ended is kept and can be sent again', async ({ page, context, watch }) => {
  // What is typed is saved meanwhile, or would be; and the page's scripts ask for what they need when the sign-in is gone.
  watch.expect(/^401: .*\/(data|autosave)\b/);
  await atReason(page);
  const question = page.url();
  const text = 'Typed before lunch.\nSent after the sign-in had ended, with “quotes” & <tags>.';
  await field(page, REASON).fill(text);
  await context.clearCookies();
  await press(page, 'Save and continue');
  await expectHeading(page, 'Your sign-in has ended');
  await expect(page.locator('.kept')).toContainText('with “quotes” & <tags>.');

  const [other] = await Promise.all([context.waitForEvent('page'), page.getByRole('link', { name: /^Sign in \(/ }).click()]);
  await givePassword(other, DEMO.companyOfficer);
  await press(page, 'Send again');
  await page.goto(question);
  await expect(field(page, REASON)).toHaveValue(text);
});

test('what one person typed is not saved by another', async ({ page, context, watch }) => {
  // The page's scripts may ask for what they need when the sign-in is gone already.
  watch.expect(/^401: .*\/(data|autosave)\b/);
  await atReason(page);
  const question = page.url();
  await field(page, REASON).fill('Typed by the officer.');
  await context.clearCookies();
  const other = await context.newPage();
  await signIn(other, DEMO.companyAdmin);
  await press(page, 'Save and continue');
  await expectHeading(page, 'This was typed by somebody else');
  await context.clearCookies();
  await signIn(other, DEMO.companyOfficer);
  await other.goto(question);
  await expect(field(other, REASON)).toHaveValue('');
});

test('two tabs that answer differently both keep their words', async ({ page, context }) => {
  await atReason(page);
  const question = page.url();
  const second = await context.newPage();
  await second.goto(question);
  await field(page, REASON).fill('The first tab says this.');
  await press(page, 'Save and exit');
  await field(second, REASON).fill('The second tab says that.');
  await press(second, 'Save and continue');
  await second.goto(question);
  const both = second.locator('form#question');
  await expect(both).toContainText('In another tab this was answered differently.');
  const texts = `${await field(second, REASON).inputValue()} ${await both.locator('.alternative').innerText()}`;
  expect(texts).toContain('The first tab says this.');
  expect(texts).toContain('The second tab says that.');
  const kept = await second.locator('.alternative__text').innerText();
  await press(second, 'Use this one');
  await second.goto(question);
  await expect(field(second, REASON)).toHaveValue(kept);
  await expect(second.locator('.alternative')).toHaveCount(0);
});

/** Leaves the portal, so that nothing of its page is still on its way when the server goes. */
async function away(page: Page): Promise<void> {
  await page.goto('about:blank');
}

test('a draft survives a server that is killed', { tag: '@once' }, async ({ page, server }) => {
  await atReason(page);
  const question = page.url();
  await field(page, REASON).fill('Saved just before.');
  await press(page, 'Save and exit');
  await away(page);
  await server.restart('SIGKILL');
  await page.goto(question);
  await expect(field(page, REASON), 'the sign-in holds as well').toHaveValue('Saved just before.');
});

test('a report that was sent is there after the server was killed', { tag: '@once' }, async ({ page, server }) => {
  const story = `Sent just before. ${unique()}`;
  const sent = await quickReport(page, story);
  const report = `${workspace(page)}/reports/${sent}`;
  await away(page);
  await server.restart('SIGKILL');
  await page.goto(report);
  await expect(page.getByText(story).first()).toBeVisible();
});

test('a substance that was taken out can be put back', async ({ page }) => {
  await begin(page, 'full');
  await task(page, 'Substances and equipment');
  await choose(page, 'Chemicals, medicines or mixtures');
  await press(page, 'Save and continue');
  await fill(page, { 'Name of the substance or product': 'A brown powder without a label' });
  await press(page, 'Save and continue');
  await fill(page, { Quantity: 'two sacks' });
  await press(page, 'Save and continue');
  await expectHeading(page, 'Substances in this report');
  const row = page.locator('.item-list__row');
  await expect(row).toContainText('A brown powder without a label');
  await leads(page, () => row.getByRole('button', { name: /^Remove/ }).click());
  await expect(row).toHaveCount(0);
  await leads(page, () => page.getByRole('button', { name: /^Put it back/ }).click());
  await expect(row).toContainText('A brown powder without a label');
});

test('a draft that was put away can be brought back', { tag: '@once' }, async ({ page }) => {
  const text = `Put away and brought back ${unique()}`;
  await begin(page, 'quick');
  const draft = page.url();
  await task(page, REASON);
  await fill(page, { [REASON]: text });
  await press(page, 'Save and exit');
  await page.getByText('Put this draft away').click();
  await press(page, 'Put it away');
  await expect(page.getByText('This draft was put away on')).toBeVisible();
  await press(page, 'Bring it back');
  await expect(page).toHaveURL(draft);
  await task(page, REASON);
  await expect(field(page, REASON)).toHaveValue(text);
});

test('an earlier report gives the next one its beginning', { tag: '@once' }, async ({ page }) => {
  const story = `The same caller again. ${unique()}`;
  const sent = await quickReport(page, story);
  await press(page, 'Report another like this');
  await expect(page).toHaveURL(/\/drafts\//);
  expect(page.url()).not.toContain(sent);
});

test('typing is saved by itself, without a press of a button', { tag: '@js' }, async ({ page }) => {
  await atReason(page);
  const question = page.url();
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/autosave') && answer.ok());
  await field(page, REASON).pressSequentially('Typed and left.');
  await field(page, REASON).blur();
  await saved;
  await expect(page.getByRole('status').filter({ hasText: /^Saved / })).toBeVisible();
  await page.close();
  const again = await page.context().newPage();
  await again.goto(question);
  await expect(field(again, REASON)).toHaveValue('Typed and left.');
});

test('an autosave that arrives after the save takes nothing back', { tag: '@js' }, async ({ page }) => {
  await atReason(page);
  const late = page.waitForRequest('**/autosave');
  // Its way is long: it arrives when the button's post has been answered.
  await page.route('**/autosave', () => undefined);
  await field(page, REASON).pressSequentially('He would not say');
  await field(page, REASON).blur();
  const overtaken = await late;
  await fill(page, { [REASON]: 'He would not say what it is for.' });
  await press(page, 'Save and exit');
  const form = Object.fromEntries(new URLSearchParams(overtaken.postData() ?? ''));
  expect(Object.values(form)).toContain('He would not say');
  const answer = await page.request.post(overtaken.url(), { form, headers: { Origin: new URL(page.url()).origin } });
  expect(answer.ok()).toBe(true);
  await task(page, REASON);
  await expect(field(page, REASON)).toHaveValue('He would not say what it is for.');
});

test('what is typed before the scripts have arrived stays', { tag: '@js' }, async ({ page }) => {
  const held: (() => void)[] = [];
  await page.route(/\.wasm$/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await begin(page, 'quick');
  const list = page.url();
  await page.goto(`${list}/quick/why`, { waitUntil: 'domcontentloaded' });
  await field(page, REASON).fill('Typed at once.');
  await expect.poll(() => held.length).toBeGreaterThan(0);
  const panel = page.waitForResponse((answer) => answer.url().includes('/data/rules.json'));
  for (const goOn of held.splice(0)) goOn();
  await panel;
  await expect(field(page, REASON)).toHaveValue('Typed at once.');
  await press(page, 'Save and exit');
  await task(page, REASON);
  await expect(field(page, REASON)).toHaveValue('Typed at once.');
  await expect(heading(page)).toHaveText(REASON);
});
