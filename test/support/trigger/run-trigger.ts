import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { within } from '../time/until.ts';

const TRIGGER = join(import.meta.dirname, '../../../contrib/trigger.sh');
/** The token of all tests; no output may hold it. */
export const TOKEN = 'cron-token-0123456789abcdef';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `contrib/trigger.sh` by `sh`, as cron does it: with next to no environment. */
export function startTrigger(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { shell = [], cwd = '/' }: { readonly shell?: readonly string[]; readonly cwd?: string } = {},
): Started {
  const child = spawn('sh', [...shell, TRIGGER, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...texts })));
  return { child, ended: within('trigger.sh ends', ended) };
}

export interface Tick extends Ended {
  /** The `at` of the line. */
  readonly at: number;
  /** What each server answered: the rest of the line, parted. */
  readonly tries: readonly string[];
}

/** A call that posts: whatever comes of it is exactly one line, without the token. */
export async function tick(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Tick> {
  return tickOf(await startTrigger(args, env).ended);
}

export function tickOf(ended: Ended): Tick {
  const line = /^sentry-monitor at=(\d+) ([^\n]+)\n$/.exec(ended.stdout);
  assert.ok(line !== null, `not one line: ${JSON.stringify(ended)}`);
  noToken(ended.stdout + ended.stderr);
  return { ...ended, at: Number(line[1]), tries: line[2]!.split(/; (?=https?:)/) };
}

export function noToken(text: string): void {
  assert.ok(!text.includes(TOKEN), `the token is in: ${text}`);
}

/** Command lines and environments of a process and all below it. */
export function familyOf(pid: number): { readonly cmdline: string; readonly environ: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // After the name, which may hold anything: state, then the parent.
      const parent = look(name, 'stat').split(') ').at(-1)!.split(' ')[1];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
    });
  const family = [pid];
  for (const one of family) family.push(...all.filter(({ parent }) => parent === one).map((child) => child.pid));
  return family.map((one) => ({
    cmdline: look(String(one), 'cmdline').replaceAll('\0', ' '),
    environ: look(String(one), 'environ'),
  }));
}

/** Empty for a process that is gone by now. */
function look(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
