// The signed receipt: downloaded by the company and by the desk, genuine as it is, refused once a byte of it is changed.
// With JavaScript the check is made in the browser and nothing is sent; without it the form is.

import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { expectHeading, field, fill, follow, press } from './support/form.ts';
import { DEMO, signIn } from './support/people.ts';
import { quickReport, withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

interface Downloaded {
  name: string;
  path: string;
  text: string;
}

/** The file behind a link. */
async function download(page: Page, link: Locator): Promise<Downloaded> {
  const started = page.waitForEvent('download');
  await link.click();
  const file = await started;
  const path = await file.path();
  return { name: file.suggestedFilename(), path, text: await readFile(path, 'utf8') };
}

/** Pastes a text into the check page and has it checked. */
async function check(page: Page, text: string): Promise<Locator> {
  if (!page.url().includes('/verify')) await page.goto('/en/verify');
  await fill(page, { 'Text of the receipt': text });
  if (withScripts()) {
    await expect(page.getByLabel('File of the receipt'), 'the browser checks').toBeVisible();
    await page.getByRole('button', { name: 'Check the receipt' }).click();
  } else {
    await press(page, 'Check the receipt');
  }
  return page.getByRole('status');
}

/** The same receipt with its first byte of `line` changed. */
function changed(receipt: string, line: string): string {
  const at = receipt.indexOf(line) + line.length;
  const other = receipt[at] === '0' ? '1' : '0';
  return receipt.slice(0, at) + other + receipt.slice(at + 1);
}

/** Sends a report; ends at the confirmation. */
async function report(page: Page): Promise<string> {
  await signIn(page, DEMO.companyOfficer);
  return quickReport(page, 'A caller asked for thirty drums and gave no address.');
}

test('a receipt is downloaded, is genuine, and is not once a byte is changed', async ({ page, enter }) => {
  test.setTimeout(120_000);
  const reference = await report(page);
  const receipt = await download(page, page.getByRole('link', { name: 'Download the receipt' }));
  expect(receipt.name).toBe(`receipt-${reference}-1.txt`);
  expect(receipt.text).toContain(`report: ${reference}\nversion: 1\nauthority: pco-nl\ncompany: meridian\n`);

  await test.step('the report’s page has the same one', async () => {
    await follow(page, 'Open the report');
    const again = await download(page, page.getByRole('link', { name: 'Download the receipt' }));
    expect(again.text).toBe(receipt.text);
  });

  await test.step('and so has the desk', async () => {
    const desk = await enter(DEMO.officer);
    await desk.goto(`/en/a/pco-nl/reports/${reference}`);
    const again = await download(desk, desk.getByRole('link', { name: 'Download the receipt' }));
    expect(again).toMatchObject({ name: receipt.name, text: receipt.text });
  });

  const anybody = await enter();
  await test.step('anybody can check it', async () => {
    const said = await check(anybody, receipt.text);
    await expect(said).toContainText('This receipt is genuine');
    await expect(said).toContainText(`Report ${reference}, version 1, was sent on`);
    const fingerprint = receipt.text.match(/content-sha256: (\w{64})/)?.[1] ?? 'none';
    await expect(said).toContainText(fingerprint);
    await expect(field(anybody, 'Text of the receipt')).toHaveValue(receipt.text);
  });

  await test.step('a changed one is refused', async () => {
    for (const line of ['content-sha256: ', 'sent: 202', 'company: ']) {
      const said = await check(anybody, changed(receipt.text, line));
      await expect(said, line).toContainText('This receipt is not genuine');
    }
    await expect(await check(anybody, changed(receipt.text, 'report: '))).toContainText('Line 2 is not as it was issued');
    await expect(await check(anybody, 'Dear Sir or Madam')).toContainText('This is not a receipt');
  });
});

test('the check needs no connection, and takes a file @js', async ({ page }) => {
  test.setTimeout(120_000);
  await report(page);
  const receipt = await download(page, page.getByRole('link', { name: 'Download the receipt' }));
  await page.goto('/en/');
  await follow(page.getByRole('contentinfo'), 'Check a receipt');
  await expectHeading(page, 'Check a receipt');
  const file = page.getByLabel('File of the receipt');
  await expect(file).toBeVisible();
  await page.context().setOffline(true);

  await file.setInputFiles(receipt.path);
  await expect(page.getByRole('status')).toContainText('This receipt is genuine');
  await expect(page.getByRole('status')).toBeFocused();
  await expect(field(page, 'Text of the receipt')).toHaveValue(receipt.text);

  const forged = { name: 'receipt.txt', mimeType: 'text/plain', buffer: Buffer.from(changed(receipt.text, 'sent: 202')) };
  await file.setInputFiles(forged);
  await expect(page.getByRole('status')).toContainText('This receipt is not genuine');

  await test.step('dropping a file does the same', async () => {
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'receipt.txt', { type: 'text/plain' }));
      return transfer;
    }, receipt.text);
    await page.locator('main').dispatchEvent('drop', { dataTransfer: dropped });
    await expect(page.getByRole('status')).toContainText('This receipt is genuine');
  });
  await page.context().setOffline(false);
});

test('somebody else’s receipt is not there', { tag: '@once' }, async ({ page, enter }) => {
  const reference = await report(page);
  const other = await enter(DEMO.otherCompany);
  const foreignDesk = await enter(DEMO.foreignOfficer);
  for (const [who, base] of [[other, '/en/c/meridian'], [other, '/en/c/noordkust'], [foreignDesk, '/en/a/pco-ca']] as const) {
    const answer = await who.request.get(`${base}/reports/${reference}/receipt`);
    expect(answer.status(), base).toBe(404);
  }
});
