import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const LIMIT_MS = 30_000;
const FILTERS = 'filters:\n  - { name: warm, projects: [warm] }\n';

/**
 * Starts the service once, as its Procfile says, asks whether it is alive, and ends it: Node then keeps the compiled
 * code beside the build. Each set of V8's flags has a store of its own, so they must be those of later starts. Nothing
 * is sent.
 */
export async function warm(root: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-build-'));
  try {
    writeFileSync(join(folder, 'filters.yaml'), FILTERS);
    await startAndEnd(root, {
      PORT: '0',
      HOST: '127.0.0.1',
      DRY_RUN: 'true',
      FILTERS: join(folder, 'filters.yaml'),
      SENTRY_URL: NOWHERE,
      SENTRY_ORG: 'warm',
      SENTRY_AUTH_TOKEN: 'warm-warm-warm',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function startAndEnd(root: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const args = /^web: node (.+)$/m.exec(readFileSync(join(root, 'Procfile'), 'utf8'))![1]!.split(' ');
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  const [faults, ended] = [text(child.stderr), once(child, 'close')];
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const port = /"port":(\d+)/.exec(chunk as string)?.[1];
    if (port === undefined) continue;
    const { ok } = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } });
    if (!ok) throw new Error('the build does not answer on /healthz');
    child.kill('SIGTERM');
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`the build does not start:\n${await faults}`);
}
