import { randomUUID } from 'node:crypto';
import { realFiles } from '../../../src/platform/real-files.ts';
import type { World } from '../../../src/app/world.ts';
import { commands } from '../../../src/commands/index.ts';
import { diskOf } from '../build/disk.ts';
import { settingsFor } from '../e2e/service.ts';
import type { AlertBench } from './alert-bench.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunMore {
  readonly env?: Readonly<Record<string, string>>;
  /** More files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What happens while the command waits. */
  readonly sleep?: World['sleep'];
  /** Absent: nobody stops it. */
  readonly shutdown?: AbortSignal;
}

/** Filters files with these rules for one filter, as the bench's services have them. */
export function rulesText(
  bench: AlertBench,
  rules: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    channels: { hook: { webhook: bench.receiver.url, key: 'HOOK_KEY' } },
    defaults: { tell: 'hook' },
    filters: [{ name: 'shop', projects: ['web'], alerts: rules }],
    ...more,
  });
}

/** What a command runs in: the bench's clock, sandbox and ledger. What it says goes into `out` and `err`. */
export function commandWorld(
  bench: AlertBench,
  text: string,
  { env = {}, files = {}, sleep = bench.clock.sleep, shutdown = new AbortController().signal }: RunMore,
  { out, err }: { readonly out: string[]; readonly err: string[] },
): World {
  const texts: Readonly<Record<string, string>> = { 'filters.yaml': text, ...files };
  return {
    files: realFiles,
    env: {
      ...settingsFor(bench.sandbox),
      HOOK_KEY: 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
      LEDGER_URL: bench.ledgerUrl,
      LEASE_SECONDS: '600',
      ...env,
    },
    disk: diskOf({
      statSync: () => ({ isDirectory: () => false, isFile: () => true, mtimeMs: 0 }),
      accessSync: () => undefined,
      readdirSync: () => [],
      readFileSync: (path: string) => Buffer.from(texts[path] ?? ''),
    }),
    now: bench.clock.now,
    sleep,
    uuid: randomUUID,
    random: () => 0.5,
    out: { write: (line: string) => out.push(line) },
    err: { write: (line: string) => err.push(line) },
    server: 'host-1',
    version: '0.0.0',
    shutdown,
  };
}

/** Runs a command in this process, on the bench's clock, sandbox and ledger. */
export async function runCommand(
  bench: AlertBench,
  text: string,
  [name = '', ...args]: readonly string[],
  more: RunMore = {},
): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const world = commandWorld(bench, text, more, { out, err });
  const command = await commands[name]!();
  const code = await command.run(args, world).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'ERR_PARSE_ARGS') throw error;
    err.push((error as Error).message);
    return 2;
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}
