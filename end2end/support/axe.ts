// Accessibility by rule: WCAG 2.2 up to AA, and axe's best practices.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with each rule the page breaks, where it does, and what to do. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await inFull(page, () => withScripts(page, () => examine(page)));
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary ?? rule.help}\n${node.html}`),
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/**
 * The page at its whole height for as long as `work` takes. A bar that stays in sight covers half of whatever has
 * scrolled under it by chance; a person scrolls on, axe would call it a target that is too small.
 */
async function inFull<T>(page: Page, work: () => Promise<T>): Promise<T> {
  const seen = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: seen.width, height: Math.max(height, seen.height) });
  try {
    return await work();
  } finally {
    await page.setViewportSize(seen);
  }
}

function examine(page: Page): ReturnType<AxeBuilder['analyze']> {
  return (
    new AxeBuilder({ page })
      // Off by default in axe, although WCAG 2.2 demands it.
      .options({ rules: { 'target-size': { enabled: true } } })
      .withTags(TAGS)
      // Without this, axe puts its results together in a further page; only frames from elsewhere would need that.
      .setLegacyMode()
      .analyze()
  );
}

/**
 * axe is a script. Where the page was shown without scripts they are allowed for as long as axe works: what the page
 * itself would have run was passed over while it loaded, so it stays as a visitor without JavaScript sees it.
 */
async function withScripts<T>(page: Page, work: () => Promise<T>): Promise<T> {
  if (test.info().project.use.javaScriptEnabled ?? true) return work();
  const session = await page.context().newCDPSession(page);
  const forbid = (value: boolean) => session.send('Emulation.setScriptExecutionDisabled', { value });
  // A session only passes on what is a change to itself, so it has to forbid before it can allow.
  await forbid(true);
  await forbid(false);
  try {
    return await work();
  } finally {
    await forbid(true);
    await session.detach();
  }
}
