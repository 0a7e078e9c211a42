// Every page, judged by rule: axe, no scrolling sideways, one heading, a title.
//
// A page is seen light or dark, wide or narrow, with JavaScript or without. All eight would be far too many, and what
// breaks, breaks for a pair: each page is seen twice, and over the list every pair of the three occurs many times.
// `EVERY_STATE=1 npx playwright test pages` shows each page in all four states that the two runs can have.

import { expectAccessible } from './support/axe.ts';
import { heading } from './support/form.ts';
import { PAGES, visit } from './support/pages.ts';
import { signIn } from './support/people.ts';
import { withScripts } from './support/report.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });
// Some workspaces have dozens of pages: nobody waits for one of them alone.
test.describe.configure({ mode: 'parallel' });

const EVERY_STATE = Boolean(process.env.EVERY_STATE);

for (const [half, theme] of (['light', 'dark'] as const).entries()) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    for (const [workspace, { who, looks }] of Object.entries(PAGES)) {
      const mine = looks.filter((_, at) => EVERY_STATE || at % 2 === half);
      if (mine.length === 0) continue;
      test(`${workspace}: every page keeps the rules`, async ({ page }) => {
        test.setTimeout(60_000 + mine.length * 15_000);
        const wide = (theme === 'light') === withScripts();
        await page.setViewportSize(wide ? { width: 1280, height: 900 } : { width: 320, height: 800 });
        // What is not there is missed at once, not when the time for all pages is over.
        page.setDefaultTimeout(15_000);
        if (who) await signIn(page, who);
        for (const look of mine) {
          await test.step(look.name, async () => {
            await visit(page, look);
            await expect(heading(page)).toHaveCount(1);
            await expect(page).toHaveTitle(look.nameless ? /^(?!.*Forerunner)\S/ : /Forerunner/);
            const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(over, `${look.name} scrolls sideways`).toBeLessThanOrEqual(0);
            await expectAccessible(page);
          });
        }
      });
    }
  });
}
