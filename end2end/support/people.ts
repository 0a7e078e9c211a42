// The people of the demonstration data, and how people sign in.

import { expect } from '@playwright/test';
import type { Cookie, Page } from '@playwright/test';

import { install, nextCode } from './factor.ts';
import { choose, expectHeading, fill, follow, press } from './form.ts';
import { linkIn } from './mail.ts';
import type { Mail } from './mail.ts';

/** The password of every account of the demonstration data, and of those the tests make. */
export const PASSWORD = 'amber-litmus-ledger-42';

/** Addresses by what the person does. The companies belong to the Dutch authority. */
export const DEMO = {
  system: 'system@forerunner.example',
  secondSystem: 'system2@forerunner.example',
  authorityAdmin: 'admin@pco-nl.example',
  supervisor: 'supervisor@pco-nl.example',
  officer: 'officer@pco-nl.example',
  secondOfficer: 'officer2@pco-nl.example',
  authorityReader: 'reader@pco-nl.example',
  foreignOfficer: 'officer@pco-ca.example',
  association: 'admin@chemtrade-assoc.example',
  associationEditor: 'editor@chemtrade-assoc.example',
  associationSubEditor: 'subeditor@chemtrade-assoc.example',
  companyAdmin: 'admin@meridian-reagents.example',
  companyOfficer: 'officer@meridian-reagents.example',
  companyReader: 'reader@meridian-reagents.example',
  otherCompany: 'officer@noordkust.example',
  otherCompanyAdmin: 'admin@noordkust.example',
  applicant: 'admin@titration-supplies.example',
  refused: 'admin@quickpress.example',
} as const;

/** Where the Dutch authority hears of new reports and applications. */
export const DUTY = 'duty@pco-nl.example';

/** Sign-ins of people with a second factor. Codes work once, so a sign-in that still holds is used again. */
const held = new Map<string, Cookie[]>();

/** Signs in at a page where nobody is signed in, and ends where the person works. */
export async function signIn(page: Page, email: string, password: string = PASSWORD): Promise<void> {
  if (await goesOn(page, email)) return;
  await page.goto('/en/sign-in');
  await givePassword(page, email, password);
  if (page.url().includes('/sign-in/code')) {
    await fill(page, { Code: await nextCode(email) });
    await press(page, 'Sign in');
    const cookies = await page.context().cookies();
    held.set(email, cookies.filter((cookie) => cookie.name === '__Host-session'));
  }
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Fills in the sign-in on this page and sends it: the first step, or the only one. */
export async function givePassword(page: Page, email: string, password: string = PASSWORD): Promise<void> {
  await fill(page, { 'E-mail address': email, Password: password });
  await press(page, 'Sign in');
}

async function goesOn(page: Page, email: string): Promise<boolean> {
  const cookies = held.get(email);
  if (!cookies) return false;
  await page.context().addCookies(cookies);
  await page.goto('/en/home');
  return !page.url().includes('/sign-in');
}

/** Sets up the second factor that a page asks for, and goes on to where the person works. */
export async function enrol(page: Page, email: string): Promise<void> {
  await expectHeading(page, 'Second factor');
  install(email, (await page.locator('.secret').textContent()) ?? 'no secret is shown');
  await fill(page, { Code: await nextCode(email) });
  await press(page, 'Set up the second factor');
  await expectHeading(page, 'Keep these recovery codes');
  await expect(page.locator('.recovery-codes li')).toHaveCount(10);
  await follow(page, 'I have kept them, go on');
}

/** Goes to a room of the workspace by its name in the spine, behind which it may say how much waits there. */
export async function room(page: Page, name: string): Promise<void> {
  await follow(page.getByRole('navigation', { name: 'Workspace' }), new RegExp(`^${name}( \\d+)?$`));
}

/** The workspace's address: `/en/c/meridian`. */
export function workspace(page: Page): string {
  const found = new URL(page.url()).pathname.match(/^\/\w+\/\w\/[^/]+/);
  if (!found) throw new Error(`${page.url()} is in no workspace`);
  return found[0];
}

export async function signOut(page: Page): Promise<void> {
  await page.locator('header summary').click();
  await press(page, 'Sign out');
}

/** What a person does to get in: the link of a mail, a name, a password. */
export async function join(page: Page, mail: Mail, name: string): Promise<void> {
  await page.goto(linkIn(mail, '/link/'));
  await fill(page, { 'Your name': name, 'Choose a password': PASSWORD });
  await press(page, 'Join');
}

/** Invites a colleague into the workspace of who is signed in. */
export async function invite(page: Page, email: string, role: string): Promise<void> {
  await room(page, 'Team');
  await fill(page, { 'E-mail address of the colleague': email });
  await choose(page, role);
  await press(page, 'Send the invitation');
  await expect(page.getByText('The invitation is on its way')).toBeVisible();
}
