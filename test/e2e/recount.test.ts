import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventInput } from '../../src/sandbox/index.ts';
import { NOW, openBench, START, type Bench } from '../support/e2e-box.ts';
import { taken } from '../support/e2e-records.ts';
import type { FilterSpec, Service } from '../support/e2e-service.ts';
import type { Json } from '../support/e2e-json.ts';

const FIVE = 300_000;
const TEN = 600_000;
const FILTERS: readonly FilterSpec[] = [{ name: 'shop', projects: ['web', 'api'] }, { name: 'api', projects: ['api'], sinks: ['newrelic'] }];

/** `count` events of a project in the first window, that arrive `lateMs` after their time. */
function events(project: string, count: number, lateMs = 0): EventInput[] {
  return Array.from({ length: count }, (_, n) => ({ at: START + n * 1000, arrivedAt: START + n * 1000 + lateMs, project, issue: project === 'web' ? 1 : 2, title: 'Error: x', user: `id:${n}` }));
}

describe('windows counted again', () => {
  let bench: Bench;
  let folder: string;
  let service: Service;

  const open = async (env: Record<string, string> = {}, filters = FILTERS): Promise<void> => {
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addProject({ slug: 'api' });
    service = await bench.serve(filters, { LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`, LEASE_SECONDS: '600', ...env });
  };
  /** Posts as the cron does, so long after the first post. */
  const tick = async (afterMs: number): Promise<Json> => {
    bench.clock.advance(NOW + afterMs - bench.clock.now());
    const { status, body } = await service.post();
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const counts = (type: string, filter: string, project?: string): unknown[] => taken(bench.sandbox.world.received).events
    .filter((it) => it['type'] === type && it['filter'] === filter && it['windowStart'] === START && it['project'] === project).map((it) => [it['revision'], it['value'], it['users']]);
  const samples = (filter: string, project: string): number[] => taken(bench.sandbox.world.received).samples
    .filter(({ timestamp, properties }) => timestamp === START / 1000 && properties.what === 'sentry_events' && properties.filter === filter && properties.project === project).map(({ value }) => Number(value));

  beforeEach(async () => {
    bench = await openBench({ time: 'jump', story: 'none' });
    folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  });
  afterEach(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  it('tell New Relic the higher count once, under a higher revision, and Anodot nothing unless it is asked for', async () => {
    await open();
    bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000), ...events('api', 5)]);
    const first = await tick(0);
    assert.deepEqual(first.corrections, []);
    const second = await tick(TEN);
    assert.deepEqual(second.corrections, [{
      id: 'shop@2026-11-20T10:00:00.000Z', filter: 'shop', window: { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' }, revision: 1, from: 25, to: 28, projects: [{ project: 'web', from: 20, to: 23 }],
      sinks: { newrelic: { status: 'sent', accepted: 2, refused: [], uncertain: 0, failed: 0, refs: second.corrections[0].sinks.newrelic.refs } },
    }]);
    assert.deepEqual((await tick(TEN + FIVE)).corrections, [], 'told once');
    assert.deepEqual(counts('event_count', 'shop', 'web'), [[0, 20, 20], [1, 23, 20]]);
    assert.deepEqual(counts('event_count', 'shop', 'api'), [[0, 5, 5]], 'what did not grow is not told again');
    assert.deepEqual(counts('filter_count', 'shop'), [[0, 25, undefined], [1, 28, undefined]]);
    assert.deepEqual([samples('shop', 'web'), samples('shop', 'api')], [[20], [5]]);
  });
});
