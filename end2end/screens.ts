// Every page at 1280 and 360 pixels, light and dark, into end2end/screenshots; two of them for the README.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { choose } from './support/form.ts';
import { PAGES, draft, visit } from './support/pages.ts';
import { DEMO, signIn } from './support/people.ts';
import { test } from './support/test.ts';

const FOLDER = join(import.meta.dirname, 'screenshots');
const IMAGES = join(import.meta.dirname, '../docs/images');

test.use({ demo: true });

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${theme} ${width}`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: width === 360 ? 740 : 900 } });

      for (const [workspace, { who, looks }] of Object.entries(PAGES)) {
        test(workspace, async ({ page }) => {
          if (who) await signIn(page, who);
          for (const look of looks) {
            await visit(page, look);
            await page.screenshot({ path: join(FOLDER, `${workspace}-${look.name}-${width}-${theme}.png`), fullPage: true });
          }
        });
      }
    });
  }
}

test.describe('for links', () => {
  test.use({ viewport: { width: 1200, height: 630 } });

  test('the picture of a preview', async ({ page }) => {
    const style = join(import.meta.dirname, '../style');
    await page.goto(pathToFileURL(join(style, 'card.html')).href);
    await page.screenshot({ path: join(style, 'assets/card.png') });
  });
});

test.describe('for the README', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('the queue', async ({ page }) => {
    mkdirSync(IMAGES, { recursive: true });
    await signIn(page, DEMO.supervisor);
    await page.goto('/en/a/pco-nl/queue');
    const href = await page.locator('[data-queue] a[href*="sel="]').first().getAttribute('href');
    await page.goto(href ?? 'no preview');
    await page.screenshot({ path: join(IMAGES, 'queue.png') });
  });

  test('a question', async ({ page }) => {
    await signIn(page, DEMO.companyOfficer);
    await draft(page, 'order/payment');
    await choose(page, 'Cash');
    await page.getByText('Pays or wants to pay').first().waitFor();
    await page.screenshot({ path: join(IMAGES, 'question.png') });
  });
});
