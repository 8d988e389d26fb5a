import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The service as its own process, as a user would start it. */
export interface Service {
  readonly url: string;
  /** Everything it logged so far. */
  logs(): string;
  stop(): Promise<void>;
}

/** Starts the service with this environment alone. Rejects with its output when it does not come up. */
export async function startService(env: Readonly<Record<string, string>>): Promise<Service> {
  const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...env, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const port = new Promise<number>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = /"port":(\d+)/.exec(line)?.[1];
      if (found !== undefined) done(Number(found));
    });
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    child.once('exit', () => fail(new Error(`the service did not start:\n${lines.join('\n')}`)));
  });
  return { url: `http://127.0.0.1:${await port}`, logs: () => lines.join('\n'), stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
