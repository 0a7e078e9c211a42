// A real mail server on the loopback address: what the portal sends arrives here as it would at anybody's.
//
// It can also be a bad one: see `behave`.

import { createServer } from 'node:net';

import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/** A mail as it arrived: what its headers and parts say, and to whom it was really handed over. */
export interface Mail extends ParsedMail {
  /** The addresses of the envelope, in lower case. */
  recipients: string[];
  /** The mail byte for byte. */
  source: string;
}

/**
 * What the server does with a mail.
 * - `accept`: takes it.
 * - `refuse`: refuses the recipient for good (550).
 * - `defer`: asks to come back later (451).
 * - `stall`: does not answer until it is told to behave otherwise.
 * - `die`: drops the connection in the middle of the mail.
 */
export type Behaviour = 'accept' | 'refuse' | 'defer' | 'stall' | 'die';

type Done = (error?: Error | null) => void;

interface Waiting {
  matches: (mail: Mail) => boolean;
  resolve: (mail: Mail) => void;
}

export class MailServer {
  /** Every mail that was accepted, in the order of arrival. */
  readonly received: Mail[] = [];

  private readonly untaken: Mail[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly stalled: (() => void)[] = [];
  private behaviour: Behaviour = 'accept';
  private readonly server: SMTPServer;

  private constructor(readonly port: number) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      logger: false,
      onRcptTo: (_address, _session, done) => done(this.objection()),
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    // A client that goes away in the middle is part of some tests and no error of ours.
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const server = new MailServer(await freePort());
    await new Promise<void>((resolve) => server.server.listen(server.port, '127.0.0.1', resolve));
    return server;
  }

  /** The address for `FORERUNNER_SMTP_URL`. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}?tls=none`;
  }

  /** Treats mails like this from now on; those that were stalled are dealt with as well. */
  behave(behaviour: Behaviour): void {
    this.behaviour = behaviour;
    for (const goOn of this.stalled.splice(0)) goOn();
  }

  /**
   * The oldest mail to this address that satisfies the predicate and has not been handed out by an earlier call;
   * waits for it if it is not there yet.
   */
  async waitForMail(to: string, predicate: (mail: Mail) => boolean = () => true, timeout = 20_000): Promise<Mail> {
    const matches = (mail: Mail) => mail.recipients.includes(to.toLowerCase()) && predicate(mail);
    const index = this.untaken.findIndex(matches);
    const [there] = index < 0 ? [] : this.untaken.splice(index, 1);
    if (there) return there;
    return new Promise<Mail>((resolve, reject) => {
      const one: Waiting = { matches, resolve: (mail) => (clearTimeout(timer), resolve(mail)) };
      this.waiting.push(one);
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        reject(new Error(`No such mail to ${to} within ${timeout} ms. Arrived so far:\n${this.summary()}`));
      }, timeout);
    });
  }

  /** Stops the server; connections that are open are closed. */
  async stop(): Promise<void> {
    this.behave('die');
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (this.behaviour === 'stall') await new Promise<void>((resolve) => this.stalled.push(resolve));
    if (this.behaviour === 'die') {
      this.drop(session);
      return;
    }
    const objection = this.objection();
    if (objection) {
      done(objection);
      return;
    }
    const source = Buffer.concat(chunks);
    const parsed = await simpleParser(source);
    const recipients = session.envelope.rcptTo.map((recipient) => recipient.address.toLowerCase());
    this.deliver({ ...parsed, recipients, source: source.toString('latin1') });
    done();
  }

  private deliver(mail: Mail): void {
    this.received.push(mail);
    const index = this.waiting.findIndex((one) => one.matches(mail));
    const [one] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (one) one.resolve(mail);
    else this.untaken.push(mail);
  }

  private objection(): Error | null {
    if (this.behaviour === 'refuse') return reply(550, 'No such mailbox here');
    if (this.behaviour === 'defer') return reply(451, 'Come back later');
    return null;
  }

  /** Cuts the line without a word. */
  private drop(session: SMTPServerSession): void {
    const connections = (this.server as unknown as { connections: Set<Connection> }).connections;
    for (const connection of connections) if (connection.id === session.id) connection._socket.destroy();
  }

  private summary(): string {
    const lines = this.received.map((mail) => `  to ${mail.recipients.join(', ')}: ${mail.subject ?? '(no subject)'}`);
    return lines.join('\n') || '  nothing';
  }
}

interface Connection {
  id: string;
  _socket: { destroy: () => void };
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** The first link in the mail's text that contains this; an error if there is none. */
export function linkIn(mail: Mail, part = ''): string {
  const links = mail.text?.match(/https?:\/\/[^\s<>")]+/g) ?? [];
  const link = links.find((candidate) => candidate.includes(part));
  if (!link) throw new Error(`The mail “${mail.subject}” has no link with “${part}”:\n${mail.text}`);
  return link;
}

let offered = 0;

/**
 * A port nobody listens on, on either loopback address. Each worker has a range of its own, below the one from which
 * the system takes ports for outgoing connections: a server that needs seconds to start finds its port still free.
 */
export async function freePort(): Promise<number> {
  const first = 20_000 + Number(process.env.TEST_PARALLEL_INDEX ?? 0) * 500;
  for (let tried = 0; tried < 500; tried += 1) {
    const port = first + (offered % 500);
    offered += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`every port from ${first} to ${first + 499} is in use`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false)).listen(port, 'localhost', () => resolve(true));
  });
  if (listens) await new Promise<void>((resolve) => probe.close(() => resolve()));
  return listens;
}
