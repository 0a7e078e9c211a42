// What no test asks about but every test must show: no console error, no violation of the content security policy, no
// script error, no 5xx, no missing part, nothing loaded from elsewhere, no error in the server's log.

import type { Browser, BrowserContext, Response } from '@playwright/test';

import type { Server } from './server.ts';

export class Watch {
  private readonly problems: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly logged: number;
  private readonly attach = (context: BrowserContext) => this.look(context);

  constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {
    this.logged = server.log.length;
    browser.on('context', this.attach);
  }

  /** A problem whose description matches is meant to happen in this test. */
  expect(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** Stops watching; what was seen. */
  end(): string[] {
    this.browser.off('context', this.attach);
    const log = this.server.log.slice(this.logged).filter(isError).map((line) => `server: ${line}`);
    return [...this.problems, ...log].filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }

  private look(context: BrowserContext): void {
    context.on('console', (message) => {
      // An answer with an error status is judged below, where its address and status are known.
      const ours = message.type() === 'error' && !message.text().startsWith('Failed to load resource: the server');
      if (ours) this.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.problems.push(`script: ${error.error().stack ?? error.error().message}`));
    context.on('response', (response) => this.judge(response));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      if (reason.includes('BLOCKED')) this.problems.push(`blocked: ${request.url()} (${reason})`);
    });
    context.on('request', (request) => {
      const url = request.url();
      const here = url.startsWith(`${this.server.url}/`) || /^(about|blob|data):/.test(url);
      if (!here) this.problems.push(`elsewhere: ${url}`);
    });
  }

  /** A page may be refused or missing on purpose, a part of a page may not. */
  private judge(response: Response): void {
    const status = response.status();
    const page = response.request().isNavigationRequest();
    if (status >= 500 || (status >= 400 && !page)) this.problems.push(`${status}: ${response.url()}`);
  }
}

/** The server logs one JSON object a line; a panic outside of the logging is plain text. */
function isError(line: string): boolean {
  return line.includes('"level":"ERROR"') || line.includes('panicked at');
}
