// Every page, judged by rule: axe, no scrolling sideways, one heading, a title.
//
// A page is seen light or dark, wide or narrow, with JavaScript or without. All eight would be far too many, and what
// breaks, breaks for a pair: each page is seen once, and over the list all eight take turns, so that every pair occurs many
// times. `EVERY_STATE=1 npx playwright test pages` shows each page in the four states that the two runs can have.

import { expectAccessible } from './support/axe.ts';
import { heading } from './support/form.ts';
import { PAGES, visit } from './support/pages.ts';
import { signIn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test.use({ demo: true });
// Some workspaces have dozens of pages: nobody waits for one of them alone.
test.describe.configure({ mode: 'parallel' });

const EVERY_STATE = Boolean(process.env.EVERY_STATE);
const STATES = [
  ['light', '@js'],
  ['dark', '@js'],
  ['light', '@nojs'],
  ['dark', '@nojs'],
] as const;

for (const [turn, [theme, tag]] of STATES.entries()) {
  test.describe(`${theme} ${tag}`, () => {
    test.use({ colorScheme: theme });

    for (const [workspace, { who, looks }] of Object.entries(PAGES)) {
      const mine = [...looks.entries()].filter(([at]) => EVERY_STATE || at % STATES.length === turn);
      if (mine.length === 0) continue;
      test(`${workspace}: every page keeps the rules`, async ({ page }) => {
        test.setTimeout(60_000 + mine.length * 15_000);
        // What is not there is missed at once, not when the time for all pages is over.
        page.setDefaultTimeout(30_000);
        if (who) await signIn(page, who);
        for (const [at, look] of mine) {
          await test.step(look.name, async () => {
            const wide = EVERY_STATE ? (theme === 'light') === (tag === '@js') : at % (2 * STATES.length) < STATES.length;
            await page.setViewportSize(wide ? { width: 1280, height: 900 } : { width: 320, height: 800 });
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
