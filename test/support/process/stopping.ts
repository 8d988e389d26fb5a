import { type ChildProcess, spawn } from 'node:child_process';
import { filtersText, settingsFor } from '../e2e/service.ts';
import { until, within } from '../time/until.ts';
import { cleanEnv, ROOT } from './processes.ts';
import { type RemoteSandbox, startRemoteSandbox } from './services.ts';
import { folder } from './temp-folder.ts';

/** The service, started as somebody types it. */
export interface Started {
  readonly child: ChildProcess;
  readonly port: number;
  said(): string;
  /** Sends the signal to what was started, and waits until it has ended and nothing answers on the port. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it says once it listens; its group is the port. Default: the service's own line. */
  readonly listens?: RegExp;
}

/** It ends what hangs, on the slowest machine. */
const LIMIT_MS = 60_000;
const SERVICE_LISTENS = /"port":(\d+),.*"msg":"listening"/;

/** Against a sandbox of its own, once it listens. A home of its own too: npm writes there. */
export async function startAsTyped([program, ...args]: readonly [string, ...string[]], place: Place): Promise<Started> {
  const files = folder({ 'filters.yaml': filtersText([{ name: 'web', projects: ['web'] }]) });
  const env = envOf(await startRemoteSandbox(), files, place);
  const child = spawn(program, args, { cwd: place.cwd ?? ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  );
  void ended.then(() => files.remove());
  const port = (): string | undefined => (place.listens ?? SERVICE_LISTENS).exec(said)?.[1];
  await until(`it listens: ${said}`, () => port() !== undefined || child.exitCode !== null, LIMIT_MS);
  const found = Number(port());
  if (Number.isNaN(found)) throw new Error(`it ended: ${said}`);
  const stop: Started['stop'] = async (signal) => {
    await ask(found);
    child.kill(signal);
    const how = await within(`it ends by ${signal}: ${said}`, ended, LIMIT_MS);
    await until(`nothing answers on the port: ${said}`, () => isGone(found), LIMIT_MS);
    return how;
  };
  return { child, port: found, said: () => said, stop };
}

function envOf(sandbox: RemoteSandbox, files: ReturnType<typeof folder>, { env }: Place): NodeJS.ProcessEnv {
  return {
    ...cleanEnv({ ...settingsFor(sandbox), FILTERS: files.file('filters.yaml'), PORT: '0', ...env }),
    HOME: files.path,
    npm_config_cache: files.file('cache'),
    npm_config_update_notifier: 'false',
  };
}

async function isGone(port: number): Promise<boolean> {
  return ask(port).then(
    () => false,
    () => true,
  );
}

function ask(port: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${String(port)}/healthz`, { headers: { connection: 'close' } });
}
