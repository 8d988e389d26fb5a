import assert from 'node:assert/strict';
import { until } from '../time/until.ts';
import type { Json } from '../e2e/json.ts';
import type { RemoteSandbox, RemoteService } from '../process/services.ts';
import { taken } from '../e2e/received-records.ts';
import { type FilterSpec, type Posted, postRun } from '../e2e/service.ts';

export const FIVE_MS = 300_000;

/** Ends of the last settled windows by the real clock, the newest first. */
export function lastEnds(count: number): readonly number[] {
  const last = Math.floor((Date.now() - 150_000) / FIVE_MS) * FIVE_MS;
  return Array.from({ length: count }, (_, index) => last - index * FIVE_MS);
}

/** Puts `1 + n` events of the n-th project into each window. */
export async function fill(
  sandbox: RemoteSandbox,
  projects: readonly string[],
  ends: readonly number[],
): Promise<void> {
  await sandbox.command(
    'projects',
    projects.map((slug) => ({ slug })),
  );
  await sandbox.command(
    'events',
    ends.flatMap((end) =>
      projects.map((project, n) => ({
        at: end - 60_000,
        project,
        issue: 100 + n,
        title: `Error: ${n}`,
        user: 'id:1',
        repeat: 1 + n,
      })),
    ),
  );
}

export function postEnd(service: Pick<RemoteService, 'url'>, end: number, more = ''): Promise<Posted> {
  return postRun(service.url, `?end=${new Date(end).toISOString()}${more}`);
}

/** How often each (sink, filter, window) arrived, as `<sink> <filter> <window start>`, with the event counts. */
export async function arrived(sandbox: RemoteSandbox): Promise<ReadonlyMap<string, readonly number[]>> {
  const { events, samples } = taken(await sandbox.received());
  const found = new Map<string, number[]>();
  const add = (sink: string, filter: Json, start: number, value: Json): void => {
    const name = `${sink} ${String(filter)} ${new Date(start).toISOString()}`;
    found.set(name, [...(found.get(name) ?? []), Number(value)]);
  };
  for (const it of events)
    if (it['type'] === 'filter_count') add('newrelic', it['filter'], Number(it['windowStart']), it['value']);
  for (const it of samples)
    if (it['properties'].what === 'sentry_events')
      add('anodot', it['properties'].filter, Number(it['timestamp']) * 1000, it['value']);
  return found;
}

/** What must have arrived, each once: one project a filter. */
export function expected(
  filters: readonly FilterSpec[],
  projects: readonly string[],
  ends: readonly number[],
  sinks: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    ends.flatMap((end) =>
      filters.flatMap(({ name, projects: [project] }) =>
        sinks.map((sink): [string, number[]] => [
          `${sink} ${name} ${new Date(end - FIVE_MS).toISOString()}`,
          [1 + projects.indexOf(project!)],
        ]),
      ),
    ),
  );
}

export function same(
  actual: ReadonlyMap<string, readonly number[]>,
  wanted: ReadonlyMap<string, readonly number[]>,
): void {
  assert.deepEqual([...actual].toSorted(), [...wanted].toSorted());
}

/** Kills the process itself and sees that it is gone. */
export async function killHard(service: RemoteService): Promise<void> {
  const pid = service.child.pid!;
  assert.ok(service.child.kill('SIGKILL'));
  assert.deepEqual(await service.end(), { code: null, signal: 'SIGKILL' });
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  await until('its port is closed', () =>
    fetch(`${service.url}/healthz`, { headers: { connection: 'close' } }).then(
      () => false,
      () => true,
    ),
  );
}
