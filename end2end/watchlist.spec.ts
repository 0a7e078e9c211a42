// Watch lists: an administrator loads a version, looks at what changes, puts it in force and goes back; a company and an
// authority ask for names and read why somebody is a hit.

import { choose, expectHeading, fill, follow, press, problems } from './support/form.ts';
import { DEMO, room, signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const HEAD = 'id,kind,name,born,nationalities,programmes\n';
const FIRST = `${HEAD}1,person,Tamar Probst,1971,GE,Case 1\n2,person,Ivo Muster,1982,HR,Case 2\n`;
const SECOND = `${HEAD}1,person,Tamar Probst,1972,GE,Case 1\n3,person,Neu Dazu,,,Case 3\n`;

test('a version is loaded, compared, put in force and gone back from', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.system);
  await room(page, 'Watch lists');
  await press(page, 'Load the file');
  await expect(problems(page)).toHaveText([/Choose a file/]);
  const load = async (content: string): Promise<void> => {
    await page.getByLabel('Files').setInputFiles({ name: 'tried.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await fill(page, { 'Code of a new list': 'tried', 'Name of the list': 'A list that is tried' });
    await press(page, 'Load the file');
  };
  await load(FIRST);
  await expectHeading(page, 'A list that is tried: version 1');
  await follow(page, 'Put this version in force');
  await press(page, 'Put this version in force');
  await expect(page.getByRole('status')).toContainText('Version 1 is in force');

  await room(page, 'Watch lists');
  await load(SECOND);
  await expect(page.getByRole('link', { name: 'Added (1)' })).toBeVisible();
  await follow(page, 'Changed (1)');
  await expect(page.locator('#entries del')).toContainText('1971');
  await follow(page, 'Put this version in force');
  await press(page, 'Put this version in force');
  await page.goto('/en/s/installation/lists/tried/versions/1');
  await follow(page, 'Go back to this version');
  await press(page, 'Go back to this version');
  await expect(page.getByRole('status')).toContainText('Version 1 is in force');
});

test('a company reads why somebody is a hit and what it means', { tag: '@once' }, async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await room(page, 'Screen a name');
  await press(page, 'Check the lists');
  await expect(problems(page)).toHaveText([/Write the name/]);
  await choose(page, 'A person');
  await page.getByLabel('Name', { exact: true }).fill('Beispiel, Mohamed Aly');
  await fill(page, { 'Born (optional)': '1969' });
  await press(page, 'Check the lists');
  await expectHeading(page, 'Check of a name');
  await expect(page).toHaveURL(/\/checks\/[0-9a-f]{32}$/u);
  await expect(page.getByText('1 possible hit')).toBeVisible();
  await expect(page.getByText(/is another spelling of/)).toBeVisible();
  await expect(page.getByText('No ban by itself.', { exact: false })).toBeVisible();
  await expect(page.locator('#parts-1')).toContainText('speaks for it');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an authority asks, and finds what it asked before', async ({ page }) => {
    await signIn(page, DEMO.officer);
    await room(page, 'Screen a name');
    await choose(page, 'A company or another organisation');
    await page.getByLabel('Name', { exact: true }).fill('Qzzwx Vvrkt Holding');
    await press(page, 'Check the lists');
    await expect(page.getByText('Nobody was found')).toBeVisible();
    await follow(page, 'Ask again');
    await expect(page.locator('#checks tbody tr').first()).toContainText('Qzzwx Vvrkt Holding');
  });
});
