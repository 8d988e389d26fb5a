import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../process/processes.ts';
import { folder } from '../process/temp-folder.ts';
import { newerTool, TOOLS } from '../process/tools.ts';
import { until } from '../time/until.ts';

/** A server of queues that others wrote, in a process of its own. */
export interface RealServer {
  /** Of the queue of that name; there may be none. */
  addressOf(name: string): string;
  readonly url: string;
  close(): void;
}

/** How it is started, and what it has. */
export interface RealKind {
  readonly name: 'moto' | 'elasticmq';
  readonly hasObjects: boolean;
  start(program: string): Promise<RealServer>;
}

export const REAL: readonly RealKind[] = [
  {
    name: 'moto',
    hasObjects: true,
    start: async (program) => {
      const port = await freePort();
      const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      return ready(child, port, '123456789012');
    },
  },
  {
    name: 'elasticmq',
    hasObjects: false,
    start: async (program) => {
      const [port, files] = [await freePort(), folder({})];
      const settings = join(files.path, 'elasticmq.conf');
      writeFileSync(settings, settingsOf(port));
      const child = spawn(program, [settings], { stdio: 'ignore' });
      child.once('exit', files.remove);
      return ready(child, port, '000000000000');
    },
  },
];

function settingsOf(port: number): string {
  return [
    'include classpath("application.conf")',
    `node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }`,
    `rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }`,
    'rest-stats { enabled = false }',
  ].join('\n');
}

async function ready(child: ChildProcess, port: number, account: string): Promise<RealServer> {
  const url = `http://127.0.0.1:${port}`;
  await until('the server answers', async () => (await fetch(url).catch(() => null)) !== null, 90_000);
  return { url, addressOf: (name) => `${url}/${account}/${name}`, close: () => void child.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => void server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}

/** It takes a minute or two where it is not there yet. */
const MAKING_MS = 600_000;

/** Path of the program, made where it is missing; else why it is not there. */
export async function programOf({ name }: RealKind): Promise<{ readonly path: string } | { readonly why: string }> {
  const known = newerTool(name);
  if (known !== undefined) return { path: known };
  const made = await promisify(execFile)(join(ROOT, '.ci/peers'), [name], { timeout: MAKING_MS }).then(
    ({ stdout }) => stdout,
    ({ stderr = '', message }: { stderr?: string; message: string }) => stderr.trim().split('\n').at(-1) || message,
  );
  const path = newerTool(name);
  if (path !== undefined) return { path };
  return { why: `no ${name} in ${TOOLS}; .ci/peers ${name} said: ${made.trim().split('\n')[0]!.slice(0, 200)}` };
}
