import assert from 'node:assert/strict';
import type { Source } from '../../../../src/core/ports/source.ts';
import { MAX_SKEW_MS } from '../../../../src/core/run/ports.ts';
import { manySources } from '../../../../src/core/run/sources/many-sources.ts';
import { fakeSink, fakeSource } from '../../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../../support/build/reports.ts';
import { DEADLINE, setUp, statuses } from '../../../support/build/run.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { gate } from '../../../support/time/clock.ts';

const HERE = filterOf({ name: 'here' });
const THERE = filterOf({ name: 'there', source: 'eu' });
const ALL = [HERE, THERE];
const WRONG_CLOCK =
  "this server's clock differs from the source's by more than 30 s; " +
  'set it right, or name the window with at or end';

/** `here` is read by the first, which is the usual one. */
const many = (one: Source, eu: Source): Source =>
  manySources(
    [
      { ...one, name: 'one' },
      { ...eu, name: 'eu' },
    ],
    'one',
  );
const sent = (name: string) => [name, { one: 'sent' }];

describe('several sources', () => {
  it('read each its own filters', async () => {
    const [one, eu] = [fakeSource(), fakeSource()];
    const result = await setUp(many(one, eu), [fakeSink()]).go({ filters: ALL });
    assert.deepEqual([one.reads, eu.reads], [[['here']], [['there']]]);
    assert.deepEqual(statuses(result), [sent('here'), sent('there')]);
  });

  it('are one itself where there is one', () => {
    const one = fakeSource();
    assert.equal(manySources([one], 'fake'), one);
  });

  it('do not wait for one that hangs: what others found is sent meanwhile', async () => {
    const hanging = fakeSource(
      (_ask, { signal }) =>
        new Promise((done) => {
          signal.addEventListener('abort', () => done({ fault: { message: 'aborted', retryable: true } }));
        }),
    );
    const sink = fakeSink();
    const { go, clock } = setUp(many(hanging, fakeSource()), [sink]);
    const running = go({ filters: ALL });
    await gate();
    clock.advance(250);
    await gate();
    assert.deepEqual(
      sink.requests.map((keys) => keys.map((key) => key.split('/')[0])),
      [['there']],
    );
    clock.advance(DEADLINE);
    assert.deepEqual(statuses(await running), [['here', 'aborted'], sent('there')]);
  });

  it('lose the filters of one that breaks, and no others', async () => {
    const broken: Source = {
      ...fakeSource(),
      async *read() {
        throw new Error('out of order');
      },
    };
    const result = await setUp(many(broken, fakeSource()), [fakeSink()]).go({ filters: ALL });
    assert.deepEqual((statuses(result) as unknown[])[1], sent('there'));
    assert.notEqual(result.reports[0]!.fault, undefined);
    assert.equal(result.verdict.http, 502);
    const none = await setUp(many(broken, broken), [fakeSink()]).go({ filters: ALL });
    assert.equal(none.verdict.http, 503);
  });

  it('have clocks of their own: a wrong one leaves out its own filters, wrong ones all', async () => {
    const wrong = fakeSource((_ask, { meter }) => (meter.sawClock(MAX_SKEW_MS + 9, 1), {}));
    const right = fakeSource((_ask, { meter }) => (meter.sawClock(5, 40), {}));
    const some = await setUp(many(wrong, right), [fakeSink()]).go({ filters: ALL });
    assert.deepEqual([statuses(some), some.end], [[['here', WRONG_CLOCK], sent('there')], null]);
    const all = await setUp(many(wrong, wrong), [fakeSink()]).go({ filters: ALL });
    assert.deepEqual(
      [statuses(all), all.end, all.verdict.http],
      [
        [
          ['here', WRONG_CLOCK],
          ['there', WRONG_CLOCK],
        ],
        'clock',
        503,
      ],
    );
  });

  it('answer for each filter also where one cannot be asked', async () => {
    const counts = { events: 1, issues: 1, eventsOfDay: 1, issuesOfDay: 1 };
    const able: Source = {
      ...fakeSource(),
      async *survey(filters) {
        for (const filter of filters) yield { filter, surveyed: counts };
      },
      series: async () => [{ start: 0, events: 7, complete: true }],
    };
    const source = many(fakeSource(), able);
    const found = new Map<string, unknown>();
    for await (const it of source.survey!(ALL, WINDOW, scopeOf()))
      found.set(it.filter.name, 'fault' in it ? it.fault.message : it.surveyed);
    assert.deepEqual(Object.fromEntries(found), { here: 'one: cannot say how much a filter finds', there: counts });
    assert.deepEqual(await source.series!(THERE, WINDOW, scopeOf()), [{ start: 0, events: 7, complete: true }]);
    await assert.rejects(source.series!(HERE, WINDOW, scopeOf()), /one: this source has no time series/);
  });
});
