import assert from 'node:assert/strict';
import type { Json } from '../support/e2e/json.ts';
import type { Service } from '../support/e2e/service.ts';
import { type AlertBench, iso, openAlertBench } from '../support/telling/alert-bench.ts';

const OFTEN = { name: 'often', at: 'every 15m', tell: 'hook' };

describe('digests', () => {
  let bench: AlertBench;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    bench = await openAlertBench();
    env = { LEDGER_URL: bench.ledgerUrl };
  });
  afterEach(() => bench.close());

  const serve = (digests: readonly unknown[], server?: string): Promise<Service> =>
    bench.serveRules([], { env, file: { digests }, filter: { alerts: undefined }, ...(server && { server }) });
  const pass = async (service: Service, ...windows: readonly number[]): Promise<void> => {
    for (const window of windows) {
      bench.at(window);
      await service.post();
    }
  };
  /** Slots that were told: start, end, late, and the events of the one filter. */
  const slots = (): unknown =>
    bench.receiver.taken.map(({ digest: { slot, late, filters } }: Json) => {
      return [slot.start, slot.end, late, filters[0].events];
    });

  it('tell what came since the time before, each once, when its last window is kept', async () => {
    [10, 0, 30, 7].forEach((events, window) => bench.fill(window, events, 101 + window));
    const service = await serve([{ ...OFTEN, chart: '12h' }]);
    await pass(service, 0, 1);
    assert.deepEqual(slots(), [], 'nothing of the time before it was known, and nothing too early');
    await pass(service, 2, 2, 3, 4, 5);
    assert.deepEqual(slots(), [
      [iso(0), iso(3), false, 40],
      [iso(3), iso(6), false, 7],
    ]);
    const [first, second] = bench.receiver.taken as [Json, Json];
    assert.deepEqual(first.lines.slice(0, 3), [
      'often: 40 events, 2 new, up to Fri 2026-11-20 10:15',
      'From Fri 2026-11-20 10:00 to Fri 2026-11-20 10:15 UTC',
      'shop: 40 events in 2 issues',
    ]);
    assert.deepEqual(
      first.digest.filters[0].biggest.map(({ id, events, state }: Json) => [id, events, state]),
      [
        ['103', 30, 'new'],
        ['101', 10, 'new'],
      ],
    );
    assert.equal(second.lines[2], 'shop: 7 events in 1 issue; 40 in 2 issues before (-82 %)');
    const known = second.digest.chart.bars.filter(({ events }: Json) => events !== null);
    assert.deepEqual(
      [second.digest.chart.bars.length, known.map(({ events }: Json) => events)],
      [144, [10, 0, 30, 7, 0, 0]],
    );
  });

  it('of two servers are one message, also by POST /due, which names them', async () => {
    const servers = await Promise.all(['one', 'two'].map((server) => serve([OFTEN], server)));
    await pass(servers[0]!, 0, 1);
    bench.at(2);
    await fetch(`${servers[1]!.url}/run?sink=newrelic`, { method: 'POST', headers: { connection: 'close' } });
    await Promise.all(servers.map((server) => server.post()));
    const due = await fetch(`${servers[0]!.url}/due`, { method: 'POST', headers: { connection: 'close' } });
    assert.deepEqual(await due.json(), { done: [], left: 0 });
    assert.deepEqual([bench.receiver.tried.length, slots()], [1, [[iso(0), iso(3), false, 0]]]);
  });

  it('that were missed come when somebody is back, over their own windows, many of them together', async () => {
    [10, 20, 30].forEach((events, window) => bench.fill(window, events));
    bench.fill(12, 5);
    bench.fill(17, 3);
    bench.fill(20, 2);
    const service = await serve([OFTEN]);
    await pass(service, 0);
    await pass(service, 20);
    assert.deepEqual(slots(), [
      [iso(0), iso(15), true, 65],
      [iso(15), iso(18), false, 3],
      [iso(18), iso(21), false, 2],
    ]);
    assert.match(bench.receiver.taken[0]!.lines[0], /^Late: often: 65 events/);
  });

  it('are sent by the next run when the channel fails, and say of an empty time that all was counted', async () => {
    const skipped = { ...OFTEN, name: 'skipped', skipEmpty: true };
    const service = await serve([OFTEN, skipped]);
    await pass(service, 0);
    bench.receiver.answer(503);
    await pass(service, 2);
    bench.receiver.answer(200);
    await pass(service, 3);
    assert.equal(bench.receiver.tried.length, 2);
    assert.deepEqual(
      bench.receiver.taken.map(({ lines }) => lines),
      [
        [
          'often: 0 of 3 windows with events, all complete; shop, from Fri 2026-11-20 10:00 to Fri 2026-11-20 10:15 UTC',
        ],
      ],
    );
  });

  it('of the service itself are told once by two servers, with what both did', async () => {
    const report = { name: 'service', at: 'every 15m', tell: 'hook', report: true };
    const services = [await serve([report]), await serve([report], 'host-2')];
    for (const window of [0, 1, 2, 3]) {
      bench.at(window);
      for (const service of services) await service.post();
    }
    const told = bench.receiver.taken.filter(({ report: said }: Json) => said !== undefined);
    assert.equal(told.length, 1);
    const [{ type, lines, report: said }] = told as [Json];
    assert.deepEqual([type, said.slot, said.runs.failed], ['digest', { start: iso(0), end: iso(3) }, 0]);
    assert.equal(lines[0], 'service: sentry-monitor, all is in order, up to Fri 2026-11-20 10:15');
    assert.deepEqual([said.ledger.kind, said.unknown, said.versions.program], ['SQLite', [], '0.0.0']);
  });
});
