// The second factor: an authenticator app for each account (RFC 6238).

import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const STEP = 30_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret of every account of the demonstration data that has a second factor. */
const DEMO_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

interface App {
  secret: string;
  /** The last time step whose code was used: none works twice. */
  last: number;
}

/** Apps by the address of the account. Each worker has a server of its own, so an address is one account. */
const apps = new Map<string, App>();

/** Puts a secret into an account's app. */
export function install(email: string, secret: string): void {
  apps.set(email, { secret: secret.replace(/\s/g, ''), last: 0 });
}

/** The next code of an account that was not used. One step early is taken; only the third within a minute has to wait. */
export async function nextCode(email: string): Promise<string> {
  const app = apps.get(email) ?? { secret: DEMO_SECRET, last: 0 };
  apps.set(email, app);
  const step = Math.max(app.last + 1, Math.floor(Date.now() / STEP));
  app.last = step;
  const begins = (step - 1) * STEP;
  if (begins > Date.now()) await pause(begins - Date.now());
  return code(app.secret, step);
}

function code(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const tag = createHmac('sha1', bytes(secret)).update(counter).digest();
  const at = tag.readUInt8(tag.length - 1) & 0x0f;
  return String((tag.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function bytes(secret: string): Buffer {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
