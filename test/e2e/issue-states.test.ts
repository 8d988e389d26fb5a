import assert from 'node:assert/strict';
import type { EventInput } from '../../sandbox/index.ts';
import { type Bench, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEB: FilterSpec = { name: 'web', projects: ['web'] };

describe('the state of an issue in a window', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    bench.sandbox.world.addProject({ slug: 'web' });
    for (const name of ['production', 'staging']) bench.sandbox.world.addEnvironment(name);
  });
  afterEach(() => bench.close());

  /** Events of issue 7, by minutes from 10:00. */
  const at = (minute: number, more: Partial<EventInput> = {}): EventInput => ({
    at: START + minute * MINUTE,
    project: 'web',
    issue: '7',
    environment: 'production',
    ...more,
  });
  /** The record of issue 7 in each filter's report of a window, as one server that knows nothing reads it. */
  async function stateIn(window: number, filters: readonly FilterSpec[] = [WEB]): Promise<readonly unknown[]> {
    const service = await bench.serve(filters, { TREND_BASELINES: '1h,1d,7d' });
    const end = new Date(START + (window + 1) * 5 * MINUTE).toISOString();
    const { status, text, body } = await service.post(`?debug=true&end=${end}`);
    assert.equal(status, 200, text);
    return (body.reports as Json[]).map(({ sinks, gaps }) => {
      assert.deepEqual(gaps, []);
      const { state, trending } = sinks.newrelic.items.find((it: Json) => it.type === 'sentry_issue');
      return `${state}${trending === 1 ? ', trending' : ''}`;
    });
  }

  it('is new for a filter when its first event in the environments of the filter lies in the window', async () => {
    const { world } = bench.sandbox;
    world.addEvents([
      at(-3 * 24 * 60, { environment: 'staging' }),
      at(-20, { environment: 'staging' }),
      at(1),
      at(2, { environment: 'staging' }),
      at(3),
      at(6),
    ]);
    const filters = [
      { ...WEB, name: 'production', environments: ['production'] },
      { ...WEB, name: 'staging', environments: ['staging'] },
      { ...WEB, name: 'both', environments: ['staging', 'production'] },
      { ...WEB, name: 'all' },
    ];
    assert.deepEqual(await stateIn(0, filters), ['new, trending', 'ongoing', 'ongoing', 'ongoing']);
    bench.clock.advance(5 * MINUTE);
    assert.deepEqual(await stateIn(1, [filters[0]!]), ['ongoing'], 'not in the next window');
  });

  it('is new once, in the window of its first event, also when that came in after the window', async () => {
    bench.sandbox.world.addEvents([
      at(1, { environment: 'staging' }),
      { ...at(0), at: START + 5 * MINUTE - 1000, arrivedAt: START + 5 * MINUTE + 3000 },
      at(6, { repeat: 3 }),
    ]);
    const production = [{ ...WEB, environments: ['production'] }];
    assert.deepEqual(await stateIn(0, production), ['new']);
    bench.clock.advance(5 * MINUTE);
    assert.deepEqual(await stateIn(1, production), ['ongoing']);
  });

  it('is regressed in the window in which it returned, also after a loud hour, and never again', async () => {
    const { world } = bench.sandbox;
    world.addIssue({ id: 7, project: 'web', firstSeen: START - 30 * DAY, resolvedAt: [START - 10 * MINUTE] });
    world.addEvents([at(-30, { repeat: 5 }), at(1), at(6), at(11), at(24 * 60 + 2)]);
    assert.deepEqual(await stateIn(0), ['regressed, trending']);
    bench.clock.advance(5 * MINUTE);
    assert.deepEqual(await stateIn(1), ['ongoing']);
    assert.deepEqual(await stateIn(0), ['regressed, trending'], 'a server that reads later says the same');
    bench.clock.advance(24 * HOUR - 5 * MINUTE);
    assert.equal(world.issue('7')?.substatus, 'regressed');
    assert.deepEqual(await stateIn(24 * 12), ['ongoing'], 'a quiet night does not make it return');
  });

  it('is regressed at each return, also within the time in which Sentry calls it so, and seen by a server that runs on', async () => {
    const { world } = bench.sandbox;
    world.addIssue({
      id: 7,
      project: 'web',
      firstSeen: START - 30 * DAY,
      resolvedAt: [START - 2 * DAY, START + 7 * MINUTE],
    });
    world.addEvents([at(-24 * 60), at(1), at(6), at(8)]);
    const lasting = await bench.serve([WEB], { TREND_BASELINES: '1h' });
    const states: unknown[] = [];
    for (let window = 0; window < 2; window++) {
      const { body } = await lasting.post('?debug=true');
      states.push(body.reports[0].sinks.newrelic.items.find((it: Json) => it.type === 'sentry_issue').state);
      assert.deepEqual(await stateIn(window), [['ongoing'], ['regressed, trending']][window]);
      bench.clock.advance(5 * MINUTE);
    }
    assert.deepEqual(states, ['ongoing', 'regressed']);
  });

  it('is inferred where the history says nothing: called regressed, and an hour without events', async () => {
    bench.sandbox.world.addIssue({ id: 7, project: 'web', firstSeen: START - 30 * DAY, substatus: 'regressed' });
    bench.sandbox.world.addEvents([at(1), at(6)]);
    assert.deepEqual(await stateIn(0), ['regressed, trending']);
    bench.clock.advance(5 * MINUTE);
    assert.deepEqual(await stateIn(1), ['ongoing']);
  });

  it('is regressed in its window when its event came in a moment after the end', async () => {
    const { world } = bench.sandbox;
    world.addIssue({ id: 7, project: 'web', firstSeen: START - 30 * DAY, resolvedAt: [START - 2 * HOUR] });
    world.addEvents([{ ...at(0), at: START + 5 * MINUTE - 1000, arrivedAt: START + 5 * MINUTE + 3000 }, at(7)]);
    assert.deepEqual(await stateIn(0), ['regressed, trending']);
    bench.clock.advance(5 * MINUTE);
    assert.deepEqual(await stateIn(1), ['ongoing']);
  });

  for (const [status, substatus] of [
    ['ignored', 'archived_until_escalating'],
    ['ignored', 'archived_forever'],
    ['resolved', null],
  ] as const) {
    it(`surges and does not trend when it is ${substatus ?? status}, unless the filter says trendArchived`, async () => {
      bench.sandbox.world.addIssue({ id: 7, project: 'web', firstSeen: START - 30 * DAY, status, substatus });
      bench.sandbox.world.addEvents([at(1, { repeat: 50 })]);
      const filters = [WEB, { ...WEB, name: 'archived', trendArchived: true }];
      assert.deepEqual(await stateIn(0, filters), ['surging', 'surging, trending']);
      const service = await bench.serve(filters, { TREND_BASELINES: '1h' });
      const { reports } = (await service.post()).body;
      assert.deepEqual(
        (reports as Json[]).map(({ trending }) => trending.length),
        [0, 1],
      );
      const records = bench.sandbox.world.received.newrelic.events
        .map(({ record }) => record)
        .filter(({ type }) => type === 'sentry_issue');
      assert.deepEqual(
        records.map((it) => [it['status'], it['substatus']]),
        [
          [status, substatus ?? undefined],
          [status, substatus ?? undefined],
        ],
      );
    });
  }

  it('that was archived a moment ago keeps it from trending at once', async () => {
    const { world } = bench.sandbox;
    world.addIssue({ id: 7, project: 'web', firstSeen: START - 30 * DAY });
    world.addEvents([at(1, { repeat: 50 }), at(6, { repeat: 500 })]);
    const service = await bench.serve([WEB], { TREND_BASELINES: '1h' });
    const trending = async (): Promise<unknown> => (await service.post()).body.reports[0].trending.length;
    assert.equal(await trending(), 1);
    bench.clock.advance(5 * MINUTE);
    world.patchIssue('7', { status: 'ignored', substatus: 'archived_forever' });
    assert.equal(await trending(), 0);
  });
});
