// The real server program, on a free port and a temporary data folder.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from './mail.ts';

const BINARY = resolve(process.env.FORERUNNER_BINARY ?? join(import.meta.dirname, '../../target/debug/forerunner'));

/** How long the server may take to answer after its start, in milliseconds: demonstration data takes the most of it. */
const START_LIMIT = 60_000;

/** How long it may take to finish what it is doing when it is told to stop, in milliseconds. */
const STOP_LIMIT = 15_000;

export interface ServerOptions {
  /** Start with demonstration data. */
  demo: boolean;
  /** Where mails go: `smtp://127.0.0.1:PORT`. */
  smtpUrl: string;
}

export class Server {
  /** The standard output, line by line: the address, the demonstration accounts, the first administrator's link. */
  readonly announced: string[] = [];
  /** The log, line by line. */
  readonly log: string[] = [];

  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly data: string,
    private readonly options: ServerOptions,
  ) {}

  /** Starts a server and waits until it answers. */
  static async start(options: ServerOptions): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'forerunner-end2end-'));
    const server = new Server(await freePort(), data, options);
    await server.launch();
    return server;
  }

  /** Where the browser finds it. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Stops the process (`SIGKILL` without asking) and starts it again on the same data. */
  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.end(signal);
    await this.launch();
  }

  /** Stops the process in good order and removes its data. An error if it did not end as it should. */
  async stop(): Promise<void> {
    try {
      await this.end('SIGTERM');
    } finally {
      await rm(this.data, { recursive: true, force: true });
    }
  }

  private async launch(): Promise<void> {
    const { demo, smtpUrl } = this.options;
    const flags = ['serve', '--data', this.data, '--port', String(this.port), ...(demo ? ['--demo'] : [])];
    const env = { ...process.env, FORERUNNER_SMTP_URL: smtpUrl, FORERUNNER_BASE_URL: this.url };
    const child = spawn(BINARY, flags, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    // A program that cannot be started says so here; waiting for it to answer then fails with its words.
    child.on('error', (error) => this.log.push(`cannot start ${BINARY}: ${error.message}`));
    createInterface({ input: child.stdout }).on('line', (line) => this.announced.push(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.log.push(line));
    await this.answers(child);
  }

  private async answers(child: ChildProcess): Promise<void> {
    const end = Date.now() + START_LIMIT;
    while (Date.now() < end && child.exitCode === null && child.pid !== undefined) {
      const healthy = await fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false);
      if (healthy) return;
      await pause(50);
    }
    child.kill('SIGKILL');
    throw new Error(`The server did not start:\n${[...this.announced, ...this.log].join('\n')}`);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server had ended by itself:\n${this.log.slice(-20).join('\n')}`);
    }
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT);
    const [code] = await ended;
    clearTimeout(late);
    if (signal === 'SIGTERM' && code !== 0) {
      throw new Error(`The server did not stop in good order (${code}):\n${this.log.slice(-20).join('\n')}`);
    }
  }
}
