// What every test imports instead of Playwright's own `test`: a server and a mail server for each worker, and a watch
// over everything that happens during a test.
//
//     import { expect, test } from './support/test.ts';
//     test.use({ demo: true });
//     test('the start page says what this is', async ({ page }) => { await page.goto('/'); … });
//
// Tests of one worker share its server, so a test that changes something makes what it needs under names of its own.
// A second person at a second browser is `await enter('officer@…')`: it is watched like the first.

import { test as base, expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';

import { MailServer } from './mail.ts';
import { signIn } from './people.ts';
import { Server } from './server.ts';
import { Watch } from './watch.ts';

export interface PortalOptions {
  /** Whether the server starts with demonstration data. Files that differ here get servers of their own. */
  demo: boolean;
}

interface WorkerParts {
  mail: MailServer;
  server: Server;
}

interface TestParts {
  watch: Watch;
  /** Opens a browser for a further person, who signs in if an address is given. It closes with the test. */
  enter: (email?: string, password?: string) => Promise<Page>;
}

export const test = base.extend<TestParts, PortalOptions & WorkerParts>({
  demo: [false, { scope: 'worker', option: true }],

  mail: [
    async ({}, use) => {
      const mail = await MailServer.start();
      await use(mail);
      await mail.stop();
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ demo, mail }, use) => {
      const server = await Server.start({ demo, smtpUrl: mail.url });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  watch: [
    async ({ browser, server }, use, info) => {
      const watch = new Watch(browser, server);
      await use(watch);
      const problems = watch.end();
      if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.log.join('\n') });
      expect(problems, 'nothing else went wrong').toEqual([]);
    },
    { auto: true },
  ],

  enter: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email, password) => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      if (email) await signIn(page, email, password);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
