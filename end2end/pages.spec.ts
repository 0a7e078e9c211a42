// Every page, judged by rule: axe, no scrolling sideways, one heading, a title. With and without JavaScript the pages
// are seen light and wide as well as dark and narrow or the other way about, so that each pair of the three occurs.

import { expectAccessible } from './support/axe.ts';
import { heading } from './support/form.ts';
import { PAGES, visit } from './support/pages.ts';
import { signIn } from './support/people.ts';
import { withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    for (const [workspace, { who, looks }] of Object.entries(PAGES)) {
      test(`${workspace}: every page keeps the rules`, async ({ page }) => {
        test.setTimeout(30_000 + looks.length * 10_000);
        const wide = (theme === 'light') === withScripts();
        await page.setViewportSize(wide ? { width: 1280, height: 900 } : { width: 320, height: 800 });
        if (who) await signIn(page, who);
        for (const look of looks) {
          await test.step(look.name, async () => {
            await visit(page, look);
            await expect(heading(page)).toHaveCount(1);
            await expect(page).toHaveTitle(/Forerunner/);
            const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(over, `${look.name} scrolls sideways`).toBeLessThanOrEqual(0);
            await expectAccessible(page);
          });
        }
      });
    }
  });
}
