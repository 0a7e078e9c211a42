// A test runs twice: with JavaScript (`js`) and without (`nojs`), because every page has to do its job both ways.
// A test that is about one of the two says so by a tag, `@js` or `@nojs`, and runs there only. What a test proves may
// have nothing to do with scripts, because its pages have none or because another test walks them both ways: it is
// tagged `@once` and runs without JavaScript, which is quicker.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';

import type { PortalOptions } from './support/test.ts';

/** The browser named by `CHROMIUM`, else Debian's, else the one Playwright keeps itself. */
function chromium(): { executablePath: string } | undefined {
  const path = process.env.CHROMIUM || '/usr/bin/chromium';
  return process.env.CHROMIUM || existsSync(path) ? { executablePath: path } : undefined;
}

export default defineConfig<PortalOptions>({
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // One more than there are processors: a test that waits for a mail or a clock leaves its processor to another.
  workers: availableParallelism() + 1,
  forbidOnly: true,
  retries: 0,
  // Limits for slow machines: nothing waits for them where all is well.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...chromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'js', grepInvert: /@(nojs|once)\b/, use: { javaScriptEnabled: true } },
    { name: 'nojs', grepInvert: /@js\b/, use: { javaScriptEnabled: false } },
  ],
});
