// Files of a report: several at once, one that is not taken, one removed; sent, taken out by the desk, and noted in the
// custody log. With scripts each file goes by itself under a bar, without them the form sends all at once.

import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { choose, expectHeading, fill, follow, press } from './support/form.ts';
import { DEMO, signIn, workspace } from './support/people.ts';
import { begin, reference, task, walk, withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

const MAIL = {
  name: 'Mail of the buyer.eml',
  mimeType: 'message/rfc822',
  buffer: Buffer.from('From: buyer@nowhere.example\r\nSubject: Drums\r\n\r\nHow soon?\r\n'),
};
const LIST = { name: 'Liste für Mai.csv', mimeType: 'text/csv', buffer: Buffer.from('drum;litres\n1;200\n') };
const DRAWING = { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') };

async function attach(page: Page, files: (typeof MAIL)[]): Promise<void> {
  await page.getByLabel('Files', { exact: true }).setInputFiles(files);
  if (withScripts()) {
    await page.locator('.uploads[data-live]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Add the files' }).click();
    await expect(page.getByText('All files have been handled.')).toBeAttached();
  } else {
    await press(page, 'Add the files');
  }
}

/** The bytes that a link hands out as a file. */
async function taken(page: Page, name: string): Promise<Buffer> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe(name);
  return readFile(await download.path());
}

test('evidence goes with a report, and the custody log says who had it in hands', async ({ page, enter }) => {
  test.setTimeout(120_000);
  await signIn(page, DEMO.companyOfficer);
  await begin(page, 'quick');
  await walk(page, 'What happened, and with which chemical or equipment?', {
    'What happened, and with which chemical or equipment?': async () => {
      await choose(page, 'Someone asked about buying, without ordering');
      await fill(page, { 'What happened, in your own words?': 'A mail asked for drums.' });
    },
    'Who was it?': () => choose(page, 'We do not know who it is'),
    'Why does it look suspicious to you?': () =>
      fill(page, { 'Why does it look suspicious to you?': 'They would not say what it is for.' }),
    'What have you done?': async () => {
      await choose(page, 'We refused');
      await fill(page, { 'Telephone number on which the authority can call you': '+31 10 555 0103' });
    },
  });

  await test.step('three files at once, of which one is not taken', async () => {
    await task(page, 'Evidence (optional)');
    await expectHeading(page, 'Evidence');
    await attach(page, [MAIL, DRAWING, LIST]);
    await expect(page.getByText(/drawing\.svg: files of this kind are not taken/).first()).toBeVisible();
    await expect(page.locator('.evidence__name')).toHaveText([MAIL.name, LIST.name]);
  });

  await test.step('one is removed', async () => {
    await press(page, `Remove ${LIST.name}`);
    await expect(page.locator('.evidence__name')).toHaveText([MAIL.name]);
    await attach(page, [LIST]);
    await expect(page.locator('.evidence__name')).toHaveText([MAIL.name, LIST.name]);
    await press(page, `Remove ${MAIL.name}`);
  });

  await test.step('the report names what goes along', async () => {
    await follow(page, 'Continue');
    await expect(page.locator('.tasks')).toContainText('1 file');
    await follow(page, 'Check and send');
    await expect(page.getByText(`${LIST.name} (18 bytes)`)).toBeVisible();
    await press(page, 'Send report');
    await expectHeading(page, /Report sent/);
    await expect(page.getByText(`${LIST.name} (18 bytes)`)).toBeVisible();
  });
  const code = reference(page);

  await test.step('the company adds another file', async () => {
    await page.goto(`${workspace(page)}/reports/${code}`);
    await page.getByText('Add more evidence').click();
    await attach(page, [MAIL]);
    await expect(page.locator('.evidence__name')).toHaveText([LIST.name, MAIL.name]);
  });

  const desk = await enter(DEMO.officer);
  await test.step('the desk takes both out as they were', async () => {
    await desk.goto(`/en/a/pco-nl/reports/${code}`);
    await expect(desk.getByText(`Evidence added: ${MAIL.name}`)).toBeVisible();
    expect(await taken(desk, LIST.name)).toEqual(LIST.buffer);
    expect(await taken(desk, MAIL.name)).toEqual(MAIL.buffer);
    await desk.reload();
    const first = desk.locator('.evidence__file').first();
    await first.getByText('Who had it in hands').click();
    await expect(first.locator('li')).toHaveText([/^Opened by .+ \(Triage officer\)/, /^Handed over/, /^Added by/]);
  });

  await test.step('the company sees that the authority did', async () => {
    await page.reload();
    const first = page.locator('.evidence__file').first();
    await first.getByText('Who had it in hands').click();
    await expect(first.locator('li').first()).toHaveText(/^Opened by the authority \(Triage officer\)/);
  });
});

test('a file on its way can be cancelled, and one that is too large is not sent @js', async ({ page }) => {
  await signIn(page, DEMO.companyOfficer);
  await begin(page, 'quick');
  await task(page, 'Evidence (optional)');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/evidence', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue().catch(() => undefined);
  });
  const large = { ...LIST, name: 'large.csv', buffer: Buffer.alloc(20 * 1024 * 1024 + 1, 'x') };
  await page.locator('.uploads[data-live]').waitFor({ state: 'attached' });
  await page.getByLabel('Files', { exact: true }).setInputFiles([large, MAIL]);
  await page.getByRole('button', { name: 'Add the files' }).click();
  await expect(page.getByText('large.csv: the file is larger than 20 MB').first()).toBeVisible();
  await page.getByRole('button', { name: `Cancel ${MAIL.name}` }).click();
  await expect(page.getByText(`${MAIL.name}: cancelled`).first()).toBeVisible();
  release();
  await expect(page.getByText('No files added.')).toBeVisible();
});
