// News in one inbox: unread and read, by topic, as each person chose; e-mails stopped by one press; a reader who subscribes.

import { expectHeading, fill, follow, leads, press, problems, unique } from './support/form.ts';
import { linkIn } from './support/mail.ts';
import { DEMO, PASSWORD, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true });

const unread = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^Inbox/ });

test('a reader subscribes, chooses what is mailed, reads and is read', async ({ page, mail }) => {
  const email = `reader-${unique()}@douane.example`;
  await page.goto('/en/subscribe');
  await press(page, 'Send the link');
  await expect(problems(page)).toHaveCount(3);
  await fill(page, { 'E-mail address': email });
  await page.getByLabel('What you do', { exact: true }).selectOption('Customs');
  await page.getByLabel('Country in which you work', { exact: true }).selectOption('Netherlands');
  await press(page, 'Send the link');
  await expectHeading(page, 'Look into your mailbox');
  const link = linkIn(await mail.waitForMail(email), '/link/');
  await page.goto(link);
  await fill(page, { 'Your name': 'Kim de Wit', 'Choose a password': PASSWORD });
  await press(page, 'Make an account');
  await expectHeading(page, 'What is published for you');

  await follow(page.getByRole('main'), 'How you are told');
  await page.getByLabel('Other notices', { exact: true }).selectOption('In a weekly e-mail');
  await page.getByLabel('Time of day', { exact: true }).selectOption('09:00');
  await press(page, 'Save');
  await expect(page.getByRole('status').first()).toContainText('Saved');
  await expect(page.getByLabel('Other notices', { exact: true })).toHaveValue('weekly');

  await page.goto('/en/me/delete');
  await press(page, 'Delete the account');
  await expect(problems(page)).toHaveText('Tick the box to delete the account.');
  await page.getByLabel('I want to delete my account').check();
  await press(page, 'Delete the account');
  await expectHeading(page, 'Your account is deleted');
  await page.goto(link);
  await expectHeading(page, 'This link does not work any more');
});

test('what was read is read, and one press stops e-mails', { tag: '@once' }, async ({ page, mail, request }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/me/inbox');
  await expectHeading(page, 'Inbox');
  await expect(unread(page)).toContainText(/unread/);
  const line = page.locator('#news tbody tr.news--unread').first();
  await line.getByRole('link').click();
  await expect(page).not.toHaveURL(/inbox/);
  await page.goto('/en/me/inbox?show=unread');
  const left = await page.locator('#news tbody tr').count();
  await page.goto('/en/me/inbox');
  const read = page.locator('#news tbody tr:not(.news--unread)').first();
  await leads(page, () => read.getByRole('button', { name: /^Mark as unread/ }).click());
  await page.goto('/en/me/inbox?show=unread');
  await expect(page.locator('#news tbody tr')).toHaveCount(left + 1);
  await press(page, 'Mark all as read');
  await expect(page.getByText('Nothing here')).toBeVisible();
  await expect(unread(page)).toHaveText('Inbox');

  // An e-mail can be stopped from the mailbox.
  const told = await mail.waitForMail(DEMO.companyOfficer, (found) => found.source.includes('List-Unsubscribe-Post: '));
  const stop = linkIn(told, '/unsubscribe/');
  await page.goto(stop);
  await expectHeading(page, 'Stop these e-mails');
  const pressed = await request.post(stop, { form: { 'List-Unsubscribe': 'One-Click' }, maxRedirects: 0 });
  expect(pressed.status()).toBe(200);
  await page.goto(stop);
  await expectHeading(page, 'These e-mails have stopped');
  await press(page, 'Get them again');
  await expectHeading(page, 'You get these e-mails again');
});

test('an authority says how far a reader is trusted', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.supervisor);
  await room(page, 'Readers');
  await follow(page, 'Kim de Wit');
  await page.getByLabel('3 – vetted by the authority').check();
  await press(page, 'Set the level');
  await expect(problems(page)).toHaveText('Check who this is first, then tick the box.');
  await expect(page.getByLabel('3 – vetted by the authority')).toBeChecked();
  await page.getByLabel('I have checked this').check();
  await press(page, 'Set the level');
  await expect(page.getByRole('status').first()).toContainText('The level was set');
});

test('feeds of one’s own are opened, read by a program, and ended', { tag: '@once' }, async ({ page, request }) => {
  await signIn(page, DEMO.companyOfficer);
  await page.goto('/en/me/told');
  await follow(page.getByRole('main'), 'Your feeds');
  await press(page, 'Open my feeds');
  await expect(page.getByRole('status').first()).toContainText('Your feeds are open');
  const address = async (what: RegExp): Promise<string> => {
    const link = page.getByRole('row', { name: what }).getByRole('link');
    return new URL((await link.getAttribute('href')) ?? '').pathname;
  };
  const [atom, json, calendar] = [await address(/Atom/), await address(/JSON/), await address(/iCalendar/)];
  const read = await request.get(atom);
  expect(read.headers()['cache-control']).toBe('no-store');
  expect(await read.text()).toContain('<title type="text">');
  const feed = (await (await request.get(json)).json()) as { feed_url: string; items: { url: string }[] };
  expect(feed.feed_url).toContain(json);
  expect(feed.items.length).toBeGreaterThan(0);
  const dates = await (await request.get(calendar)).text();
  expect(dates).toMatch(/^BEGIN:VCALENDAR/);
  expect(dates).toContain('SUMMARY:');
  await page.reload();
  await expect(page.getByRole('main')).toContainText('A program came last on');
  await press(page, 'End my feeds');
  await expect(page.getByRole('status').first()).toContainText('Your feeds have ended');
  expect((await request.get(json)).status()).toBe(404);
});
