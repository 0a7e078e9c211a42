// A list of an association: it is loaded and offered, a company accepts it, is searched along it, and leaves.

import { expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const LIST = 'id,kind,name,countries\n1,organisation,Nevelkade Opslag B.V.,NL\n';

test('a list is shared with a member that agrees, and left again', { tag: '@once' }, async ({ page, enter }) => {
  await signIn(page, DEMO.association);
  await room(page, 'Watch lists');
  await press(page, 'Load the list');
  await expect(problems(page).first()).toBeVisible();
  await fill(page, { 'Name of the list': 'A list to try' });
  await page.getByLabel('File').setInputFiles({ name: 'try.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
  await press(page, 'Load the list');
  await expectHeading(page, 'A list to try');
  await fill(page, { Company: 'Meridian', 'Number in the register': '99284407', 'Last day': '31 December 2027' });
  await page.getByLabel('Country').selectOption('NL');
  await press(page, 'Offer the list');
  await expect(page.locator('#members')).toContainText('Not answered yet');

  const member = await enter(DEMO.companyOfficer);
  await room(member, 'Screen a name');
  await follow(member, 'Lists that associations share with you');
  await member.getByRole('button', { name: 'Accept the list A list to try' }).click();
  await expect(member.getByRole('status')).toContainText('searched from now on');
  await member.getByRole('button', { name: 'Leave the list A list to try' }).click();
  await expect(member.getByRole('status')).toContainText('You left the list');

  await page.reload();
  await expect(page.locator('#members')).toContainText('Left');
});
