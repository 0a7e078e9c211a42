// How soon the public pages show what matters, on a slow connection and a slow phone: `cargo xtask bench --browser`. It prints
// figures and asserts none: a slow machine is no fault.

import { writeFileSync } from 'node:fs';

import { test } from './support/test.ts';
import type { Page } from '@playwright/test';

test.use({ demo: true, viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });

/** As the tools that people know define "slow 4G": 150 ms there and back, 1.6 Mbit/s down, 0.75 up; a processor four times slower. */
const LATENCY = 150;
const DOWN = (1.6 * 1024 * 1024) / 8;
const UP = (0.75 * 1024 * 1024) / 8;
const SLOWER = 4;

/** How often each page is opened, each time with an empty cache. */
const TIMES = 5;

const PAGES = ['/en/', '/en/report/start', '/en/check', '/en/red-flags', '/en/substances', '/en/substances/acetic-anhydride', '/en/library', '/en/search?q=cash', '/en/statistics', '/en/sign-in'];

interface Seen {
  largest: number;
  first: number;
  bytes: number;
  scripts: number;
}

/** Opens an address as somebody who was never here, and reads what the browser measured. */
async function open(page: Page, path: string): Promise<Seen> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: LATENCY, downloadThroughput: DOWN, uploadThroughput: UP });
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  let bytes = 0;
  let scripts = 0;
  client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  client.on('Network.responseReceived', ({ type }) => (scripts += type === 'Script' ? 1 : 0));
  await page.goto(path, { waitUntil: 'networkidle' });
  const [largest, first] = await page.evaluate(
    () =>
      new Promise<[number, number]>((done) => {
        const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
        new PerformanceObserver((list) => done([list.getEntries().at(-1)?.startTime ?? 0, first])).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  return { largest, first, bytes, scripts };
}

const middle = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

test('how soon the public pages show what matters', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const rows: string[] = [];
  for (const path of PAGES) {
    const seen: Seen[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const page = await browser.newPage({ baseURL: server.url });
      seen.push(await open(page, path));
      await page.close();
    }
    const of = (what: keyof Seen): number => Math.round(middle(seen.map((one) => one[what])));
    rows.push(`| \`${path}\` | ${of('largest')} ms | ${of('first')} ms | ${(of('bytes') / 1000).toFixed(1)} kB | ${of('scripts')} |`);
  }
  const table = ['| page | largest paint | first paint | loaded | scripts |', '| --- | ---: | ---: | ---: | ---: |', ...rows].join('\n');
  if (process.env.SPEED_TABLE) writeFileSync(process.env.SPEED_TABLE, `${table}\n`);
  else process.stdout.write(`${table}\n`);
});
