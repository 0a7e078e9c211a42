// When somebody leaves, their work goes on.

import { expectHeading, follow, press, unique } from './support/form.ts';
import { begin } from './support/report.ts';
import { DEMO, invite, join, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

test('drafts of a colleague who is removed go to the one who was chosen', { tag: '@once' }, async ({ page, enter, mail }) => {
  const email = `${unique()}@leaver.example`;
  await signIn(page, DEMO.companyAdmin);
  await invite(page, email, 'Compliance officer');
  const leaver = await enter();
  await join(leaver, await mail.waitForMail(email, (one) => one.subject === 'You are invited to Forerunner'), 'Gone Tomorrow');
  await begin(leaver, 'quick');
  const draft = leaver.url();

  await room(page, 'Team');
  await page.locator('#members tr', { hasText: email }).getByRole('link', { name: /^Remove/ }).click();
  await expectHeading(page, /^Remove Gone Tomorrow/);
  await expect(page.getByText('1 draft', { exact: true })).toBeVisible();
  await page.getByLabel('Who takes this over?').selectOption({ label: 'Tomás Herrera, Compliance officer' });
  await press(page, 'Remove from the team');
  await expect(page.getByText('their work handed over')).toBeVisible();
  await mail.waitForMail(DEMO.companyOfficer, (one) => one.subject === 'Work was handed over to you');

  const heir = await enter(DEMO.companyOfficer);
  await heir.goto(draft);
  await expect(heir, 'the draft opens for who took over').toHaveURL(draft);
});

test('what a role may do is told before somebody gets it', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyAdmin);
  await room(page, 'Team');
  await page.getByText('See all that each role may do').click();
  await follow(page, 'Reader');
  await expectHeading(page, /Reader$/);
  await expect(page.locator('#may-do')).not.toContainText('Writing and sending reports');
  await expect(page.locator('#may-not-do')).toContainText('Writing and sending reports');
  await page.getByRole('navigation', { name: 'Roles' }).getByRole('link', { name: 'Compliance officer' }).click();
  await expect(page.locator('#may-do')).toContainText('Writing and sending reports');
});
