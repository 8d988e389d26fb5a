import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Ended, ROOT } from '../process/processes.ts';

/** A folder of its own outside of the repository. */
export interface Place {
  readonly path: string;
  file(name: string): string;
  /** A program there, with the Node of `nodeFolder`, else ours, first on PATH, and nothing of our environment. */
  call(program: string, args: readonly string[], options?: CallOptions): Promise<Ended>;
  /** What `call` gives a program. */
  env(options?: CallOptions): NodeJS.ProcessEnv;
  remove(): void;
}

export interface CallOptions {
  readonly nodeFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function newPlace(): Place {
  const path = mkdtempSync(join(tmpdir(), 'sentry-monitor-place-'));
  const file = (name: string): string => join(path, name);
  const env: Place['env'] = (options = {}) => ({
    PATH: [options.nodeFolder ?? dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    // npm's cache stays the machine's.
    HOME: process.env['HOME'],
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'warn',
    ...registryOf(process.env),
    ...options.env,
  });
  const call: Place['call'] = (program, args, options) => ended(program, args, path, env(options));
  return { path, file, call, env, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** As a fresh clone has it, with what is not committed yet; `withPackages`: our node_modules, by a link. */
export function copyOfRepository({ withPackages }: { readonly withPackages: boolean }): Place {
  const place = newPlace();
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((name) => name !== '');
  for (const name of names) {
    mkdirSync(dirname(place.file(name)), { recursive: true });
    cpSync(join(ROOT, name), place.file(name), { verbatimSymlinks: true, force: true });
  }
  if (withPackages) symlinkSync(join(ROOT, 'node_modules'), place.file('node_modules'));
  return place;
}

const OF_THE_REGISTRY =
  /^(npm_config_(registry|cafile)|https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(file|dir))$/i;

/** Where this machine gets its packages from, when that is said by variables. */
function registryOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => OF_THE_REGISTRY.test(name)));
}

async function ended(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const code = await new Promise<number | null>((done, fail) => void child.once('error', fail).once('close', done));
  return { code, ...texts };
}
