import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { within } from '../time/until.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A node process of this project and what it said. */
export interface Process {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly ended: Promise<End>;
  /** As `ended`, but fails when it goes on. */
  end(): Promise<End>;
}

/** What a program of the repository did. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

/** Where processes leave what Node made of the source, for the next one: half of what a start costs. */
export const COMPILED = join(ROOT, 'node_modules/.cache/sentry-monitor/compiled');

let compiled: NodeJS.ProcessEnv = {};

/** NOTE: for tests alone (setup.ts). A benchmark starts programs as they are: it would measure the cache. */
export function shareCompiled(): void {
  compiled = { NODE_COMPILE_CACHE: COMPILED };
}

/** With nothing of this process's environment but what node needs. */
export function startProcess(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = ROOT): Process {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const ended = new Promise<End>((done) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      done({ code, signal });
    }),
  );
  const end = (): Promise<End> => within(`node ${args.join(' ')} ends`, ended);
  return { child, out: () => texts.out, err: () => texts.err, ended, end };
}

/** Environment of a started program: ours is not passed on, but for what finding node needs. It is not covered. */
export function cleanEnv(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...compiled, ...env };
}

/** Runs a program of the repository with node to its end. */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ROOT,
): Promise<Ended> {
  const it = startProcess(args, cleanEnv(env), cwd);
  const { code } = await it.end();
  return { code, stdout: it.out(), stderr: it.err() };
}

/** To be ended with the others. */
export function endLater(child: ChildProcess): void {
  running.add(child);
  child.once('close', () => running.delete(child));
}

/** Ends what a test left over; those are exactly the processes started here. */
export async function endProcesses(): Promise<void> {
  const closed = [...running].map((child) => new Promise((done) => child.once('close', done)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(closed);
}
