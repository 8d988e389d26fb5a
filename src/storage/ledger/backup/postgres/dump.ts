import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { copyHead, copyLine, END } from '../copy-text.ts';
import type { FactSource } from '../facts.ts';
import { columnsOf } from './read.ts';

/** What pg_dump is to write, and how it is called. */
export interface DumpOrder {
  readonly url: string;
  /** As PostgreSQL names it. */
  readonly snapshot: string;
  /** New ones: the copy, and one for the password while it lasts. */
  readonly file: string;
  readonly passFile: string;
  readonly program: string;
}

const ARGS = ['--table=sentry_monitor_*', '--no-owner', '--no-privileges', '--no-password', '--encoding=UTF8'];
const SAID_BYTES = 2_000;

/** Writes the tables of a snapshot by pg_dump. Null: done; else why it cannot, for people: the file is none then. */
export async function dumpByTool({ url, snapshot, file, passFile, program }: DumpOrder): Promise<string | null> {
  const { address, password } = apart(url, passFile);
  await writeFile(passFile, `*:*:*:*:${password.replace(/[\\:]/g, '\\$&')}\n`, { flag: 'wx', mode: 0o600 });
  const args = [`--dbname=${address}`, `--snapshot=${snapshot}`, ...ARGS];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(child);
  const [why] = await Promise.all([
    ended,
    pipeline(child.stdout, createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 })),
  ]);
  return why;
}

/** NOTE: what stands in a call can be read by every user of the machine, so the password does not. */
function apart(url: string, passFile: string): { readonly address: string; readonly password: string } {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  address.searchParams.set('passfile', passFile);
  return { address: address.href, password };
}

/** Null: all is well. Its last line, or that there is none. */
async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string | null> {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-SAID_BYTES)));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return null;
    return said.trim().split('\n').at(-1) || `pg_dump ended with ${String(code)}`;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no pg_dump' : message;
  }
}

/** The same without a tool: rows alone, which are put into tables that this program has made. */
export async function dumpRows(source: FactSource, file: string): Promise<void> {
  const packed = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await pipeline(Readable.from(textOf(source)), createGzip(), packed);
}

async function* textOf(source: FactSource): AsyncGenerator<string> {
  for (const table of (await source.tables()).toSorted()) {
    yield copyHead(table, await columnsOf(table, source));
    for await (const row of source.each(table)) yield copyLine(row);
    yield END;
  }
}
