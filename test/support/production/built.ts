import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../time/until.ts';
import type { Json } from '../e2e/json.ts';
import { folder } from '../process/temp-folder.ts';
import { type Process, startProcess, ROOT, runNode } from '../process/processes.ts';
import type { RemoteSandbox } from '../process/services.ts';
import { type FilterSpec, filtersText, settingsFor } from '../e2e/service.ts';

/** A folder with what a server is given: the build and what starts it, no source, no package. */
export interface Site {
  readonly path: string;
  file(name: string): string;
  text(name: string): string;
  remove(): void;
}

/** Built by `npm run build -- --out`, then moved, as from the machine that builds to the one that serves. */
export async function buildSite(): Promise<Site> {
  const place = mkdtempSync(join(tmpdir(), 'sentry-monitor-build-'));
  const { code, stderr } = await runNode(['build/build.ts', '--out', join(place, 'built')]);
  if (code !== 0) throw new Error(stderr);
  const path = join(place, 'served');
  renameSync(join(place, 'built'), path);
  const file = (name: string): string => join(path, name);
  return {
    path,
    file,
    text: (name) => readFileSync(file(name), 'utf8'),
    remove: () => rmSync(place, { recursive: true }),
  };
}

/** What node is given by the Procfile. */
export const PROCFILE: readonly string[] = /^web: node (.+)$/m
  .exec(readFileSync(join(ROOT, 'Procfile'), 'utf8'))![1]!
  .split(' ');

export interface BuiltService extends Process {
  readonly url: string;
  log(): readonly Json[];
}

/** As its Procfile says, in its folder, once it listens. `preload`: a file that node loads before. */
export async function startBuilt(
  site: Site,
  sandbox: RemoteSandbox,
  filters: readonly FilterSpec[],
  { preload = '', ...env }: Readonly<Record<string, string>> = {},
): Promise<BuiltService> {
  const files = folder({ 'filters.yaml': filtersText(filters) });
  const args = preload === '' ? PROCFILE : ['-r', preload, ...PROCFILE];
  const it = startProcess(
    args,
    { ...settingsFor(sandbox), FILTERS: files.file('filters.yaml'), PORT: '0', ...env },
    site.path,
  );
  void it.ended.then(() => files.remove());
  const log = (): readonly Json[] =>
    it
      .out()
      .split('\n')
      .slice(0, -1)
      .map((line): Json => JSON.parse(line));
  const port = (): unknown => /"?port"?\W*?:\W*?(\d+)/.exec(it.out().replace(/\x1b\[\d+m/g, ''))?.[1];
  await until('the service listens', () => port() !== undefined || it.child.exitCode !== null);
  if (port() === undefined) throw new Error(`the service did not start: ${it.err()}`);
  return { ...it, url: `http://127.0.0.1:${String(port())}`, log };
}

/** SIGTERM, once it has said that it lives: it says that it listens a moment before it heeds signals. Its exit code. */
export async function endBuilt(service: BuiltService): Promise<number | null> {
  await fetch(`${service.url}/healthz`, { headers: { connection: 'close' } });
  service.child.kill('SIGTERM');
  return (await service.ended).code;
}
