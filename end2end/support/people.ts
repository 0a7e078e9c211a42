// The people of the demonstration data, and how people sign in.

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

import { fill, follow, press } from './form.ts';

/** The password of every account of the demonstration data, and of those the tests make. */
export const PASSWORD = 'amber-litmus-ledger-42';

/** Addresses by what the person does. The companies belong to the Dutch authority. */
export const DEMO = {
  system: 'system@forerunner.example',
  authorityAdmin: 'admin@pco-nl.example',
  supervisor: 'supervisor@pco-nl.example',
  officer: 'officer@pco-nl.example',
  secondOfficer: 'officer2@pco-nl.example',
  authorityReader: 'reader@pco-nl.example',
  foreignOfficer: 'officer@pco-ca.example',
  association: 'admin@chemtrade-assoc.example',
  companyAdmin: 'admin@meridian-reagents.example',
  companyOfficer: 'officer@meridian-reagents.example',
  companyReader: 'reader@meridian-reagents.example',
  otherCompany: 'officer@noordkust.example',
  applicant: 'admin@titration-supplies.example',
  refused: 'admin@quickpress.example',
} as const;

/** Where the Dutch authority hears of new reports and applications. */
export const DUTY = 'duty@pco-nl.example';

/** Signs in at a page where nobody is signed in, and ends where the person works. */
export async function signIn(page: Page, email: string, password: string = PASSWORD): Promise<void> {
  await page.goto('/en/sign-in');
  await fill(page, { 'E-mail address': email, Password: password });
  await press(page, 'Sign in');
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Goes to a room of the workspace by its name in the spine. */
export async function room(page: Page, name: string): Promise<void> {
  await follow(page.getByRole('navigation', { name: 'Workspace' }), name);
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
