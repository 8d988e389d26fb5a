import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { realFiles } from '../../../src/platform/real-files.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import type { World } from '../../../src/app/world.ts';
import { doctor } from '../../../src/commands/doctor/index.ts';
import { settingsFor } from '../e2e/service.ts';
import { folder } from '../process/temp-folder.ts';

/** A line of `doctor --json`. */
export interface Row {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly variable: string | null;
  readonly where: string | null;
  readonly say: string;
}

export interface Seen {
  readonly code: number;
  readonly rows: readonly Row[];
  readonly text: string;
}

export interface Bench {
  readonly sandbox: Sandbox;
  readonly files: ReturnType<typeof folder>;
  /** Everything set, and well. */
  readonly env: Readonly<Record<string, string>>;
  look(env?: Readonly<Record<string, string>>, changed?: Partial<World>): Promise<Seen>;
  /** Address of a server of this machine that answers so; closed at the end. */
  serve(answer: RequestListener): Promise<string>;
  /** Done when it closes. */
  atEnd(undo: () => Promise<void>): void;
  close(): Promise<void>;
}

export const FILTERS = `filters:
  - name: shop
    projects: [shop-web]
    environments: [production]
  - name: api
    projects: [shop-api]
`;

/** All vendors in the box, and whatever else a sound installation has. */
export async function openBench(): Promise<Bench> {
  const sandbox = await startSandbox({ now: Date.now });
  const files = folder({ 'filters.yaml': FILTERS });
  const servers: Server[] = [];
  const undoings: (() => Promise<void>)[] = [];
  const serve: Bench['serve'] = async (answer) => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  for (const slug of ['shop-web', 'shop-api']) sandbox.world.addProject({ slug });
  sandbox.world.addEnvironment('production');
  const front = await serve((_request, response) => response.end('{"status":"alive"}'));
  const env = {
    ...settingsFor(sandbox),
    FILTERS: files.file('filters.yaml'),
    LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
    HEARTBEAT_URL: `${sandbox.url}/ping/${sandbox.keys.pingId}`,
    HOST: '127.0.0.1',
    PORT: await freePort(),
    PUBLIC_URL: front,
  };
  return {
    sandbox,
    files,
    env,
    serve,
    look: (more = {}, changed = {}) => look({ ...env, ...more }, changed),
    atEnd: (undo) => void undoings.push(undo),
    close: async () => {
      for (const undo of undoings) await undo();
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((done) => server.close(done));
        }),
      );
      await sandbox.close();
      files.remove();
    },
  };
}

/** By its JSON. */
async function look(env: Readonly<Record<string, string>>, changed: Partial<World>): Promise<Seen> {
  let said = '';
  const out = { write: (text: string) => (said += text) };
  const world: World = {
    files: realFiles,
    env,
    disk: fs,
    now: () => Date.now(),
    uuid: randomUUID,
    random: () => 0.5,
    // Waits between tries are short here; limits are not.
    sleep: async (ms, signal) => void (await wait(ms < 10_000 ? Math.min(ms, 20) : ms, undefined, { signal })),
    out,
    err: out,
    server: 'host-1',
    version: '0.0.0',
    shutdown: new AbortController().signal,
    ...changed,
  };
  const code = await doctor.run(['--json'], world);
  return { code, rows: JSON.parse(said) as Row[], text: said };
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return String(port);
}
