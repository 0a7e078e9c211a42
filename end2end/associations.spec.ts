// An association and its members: a company is invited and accepts, asks without a name, an authority signs the answer; a
// draft is put before the members, and a company takes a position.

import { choose, expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const SOON = new Date(Date.now() + 30 * 86_400_000).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

test('a member asks without a name, and an authority signs the answer', async ({ page, enter }) => {
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Associations');
  await expect(page.getByRole('heading', { name: /Association of Chemical Traders/ })).toBeVisible();
  await follow(page, 'Ask a question without a name');
  await press(page, 'Ask without a name');
  await expect(problems(page).first()).toBeVisible();
  await fill(page, { Question: 'May we sell to a shop that has no number in the register?' });
  await press(page, 'Ask without a name');
  await expect(page.getByRole('status')).toContainText('with the association');

  const association = await enter(DEMO.association);
  await room(association, 'Questions');
  await follow(association, 'May we sell to a shop that has no number in the register?');
  await expect(association.locator('main')).not.toContainText('Meridian');
  await fill(association, { 'The question as it is published': 'May one sell to a shop without a number?', Answer: 'Only once it has shown one.' });
  await association.getByLabel('Everybody may read it').check();
  await press(association, 'Send to the authority');
  await expect(association.getByRole('status')).toContainText('with the authority');

  const desk = await enter(DEMO.supervisor);
  await room(desk, 'Associations');
  await follow(desk, 'May one sell to a shop without a number?');
  await fill(desk, { Answer: 'Only once it has shown an extract.' });
  await press(desk, 'Sign and publish');
  await expect(problems(desk).first()).toContainText('Say why');
  await fill(desk, { 'Why you changed it': 'The extract is what counts.' });
  await press(desk, 'Sign and publish');
  await expect(desk.getByRole('status')).toContainText('signed and published');

  await page.goto('/en/answers');
  await expect(page.locator('main')).toContainText('Only once it has shown an extract.');
});

test('members are invited and consulted', { tag: '@once' }, async ({ page, enter }) => {
  await signIn(page, DEMO.association);
  await room(page, 'Members');
  await press(page, 'Send the invitation');
  await expect(problems(page).first()).toBeVisible();
  await fill(page, { Company: 'A company to invite', 'Number in the register': '99455 000' });
  await page.getByLabel('Country of the register').selectOption('NL');
  await press(page, 'Send the invitation');
  await expect(page.locator('#members')).toContainText('A company to invite');
  const file = 'member,email\nBy mail,somebody@nowhere.example\n';
  await page.getByLabel('File').setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await press(page, 'Invite all');
  await expect(page.getByRole('status')).toContainText('Invited now: 1');

  await room(page, 'Consultations');
  await fill(page, { 'What it is about': 'A draft to try', Draft: 'Sell **nothing** at night.', 'Last day': SOON });
  await press(page, 'Save the draft');
  await expectHeading(page, 'A draft to try');
  await expect(problems(page)).toHaveCount(0);
  await press(page, 'Open it now');
  await expect(page.getByRole('status')).toContainText('It is open');

  const member = await enter(DEMO.companyOfficer);
  await room(member, 'Associations');
  await follow(member, 'Say what you think of a draft');
  await follow(member, 'A draft to try');
  await choose(member, 'Support with changes');
  await fill(member, { Comment: 'At night we are closed anyway.' });
  await press(member, 'Send the position');
  await expect(member.getByRole('status')).toContainText('is sent');

  await page.reload();
  await expect(page.locator('#opinions')).toContainText('Not named');
  await fill(page, { Response: 'We keep it.' });
  await press(page, 'Close');
  await expect(page.getByRole('status')).toContainText('It is closed');
});
