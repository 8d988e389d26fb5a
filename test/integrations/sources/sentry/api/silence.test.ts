import assert from 'node:assert/strict';
import type { Gap } from '../../../../../src/core/model/gap.ts';
import type { Answer, Ask } from '../../../../../src/core/model/reading.ts';
import { type Call, mock, type Reply } from '../../../../support/build/http-mock.ts';
import { scopeOf } from '../../../../support/build/scope.ts';
import { gate } from '../../../../support/time/clock.ts';
import { until } from '../../../../support/time/until.ts';
import {
  API,
  askOf,
  buildSource,
  projects,
  readAll,
  SILENCE,
  TOKEN,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const A = 'message:"a"';
const B = 'message:"b"';
const C = 'message:"c"';
const asks: readonly Ask[] = ['a', 'b', 'c'].map((name) => askOf({ name, searchTerms: [name] }, 'totals'));
/** The last whole second before the window, and its first. */
const BEFORE = '2026-11-20T09:59:59+00:00';
const WITHIN = '2026-11-20T10:00:00+00:00';
const SILENT: Gap = {
  part: 'totals',
  reason: 'source_silent',
  detail:
    'no project of acme has an event in the window, 180 in the hour before: Sentry takes in nothing, or nothing is sent to it',
};

/** The one request, literally. */
function freshness(reply: Reply): Call[] {
  return mock({ url: `${API}/events/`, query: SILENCE, headers: { authorization: `Bearer ${TOKEN}` } }, reply);
}

function lately(events: number, last: string | null): Reply {
  return { body: { data: [{ 'count()': events, 'last_seen()': last }], meta: {} } };
}

function allZero(): void {
  projects();
  for (const query of [A, B, C]) totals({ query }, totalRows());
}

function gapsOf(answers: readonly Answer[]): unknown {
  return answers.map((answer) => ('reading' in answer ? answer.reading.gaps : answer.fault.message));
}

describe('a source that fell silent', () => {
  it('is asked for with one request for all filters, and every report says so', async () => {
    allZero();
    const calls = freshness(lately(180, BEFORE));
    const scope = scopeOf();
    const answers = await readAll(buildSource({ SENTRY_CONCURRENCY: '1' }), asks, scope);
    assert.deepEqual(gapsOf(answers), [[SILENT], [SILENT], [SILENT]]);
    assert.deepEqual([calls.length, scope.requests()], [1, 5]);
    assert.deepEqual(
      scope.log.lines
        .filter(({ text }) => text === 'gap')
        .map(({ fields }) => [fields['filter'], fields['reason']])
        .toSorted(),
      [
        ['a', 'source_silent'],
        ['b', 'source_silent'],
        ['c', 'source_silent'],
      ],
    );
  });

  for (const [name, reply] of [
    ['179 events in the hour before may pause', lately(179, BEFORE)],
    ['an event of any project within the window, at its very start', lately(5000, WITHIN)],
    ['no event at all', lately(0, null)],
    ['no time of the last event', lately(500, null)],
    ['no row', { body: { data: [] } }],
  ] as const) {
    it(`is not one that has ${name}`, async () => {
      allZero();
      freshness(reply);
      assert.deepEqual(gapsOf(await readAll(buildSource(), asks)), [[], [], []]);
    });
  }

  for (const [name, reply] of [
    ['is refused', { status: 400, body: { detail: 'no' } }],
    ['has no answer that Sentry documents', { body: [] }],
  ] as const) {
    it(`is not known when the request ${name}: the zeros are no all-clear, and say so`, async () => {
      allZero();
      freshness(reply);
      const gaps = (
        gapsOf(await readAll(buildSource(), asks)) as { part: string; reason: string; detail: string }[][]
      ).flat();
      assert.deepEqual(
        gaps.map(({ part, reason }) => [part, reason]),
        asks.map(() => ['totals', 'not_answered']),
      );
      assert.match(gaps[0]!.detail, /^whether the source fell silent could not be asked: sentry: /);
    });
  }

  for (const position of [0, 1, 2])
    it(`is asked for although answer ${position + 1} is a fault: that is no sign of life`, async () => {
      let came = 0;
      projects();
      for (const query of [A, B, C])
        totals({ query }, () =>
          came++ === position ? { status: 400, body: { detail: 'no' } } : (totalRows() as object),
        );
      const calls = freshness(lately(180, BEFORE));
      const gaps = gapsOf(await readAll(buildSource({ SENTRY_CONCURRENCY: '1' }), asks));
      assert.deepEqual(gaps, ['sentry: answered 400: no', [SILENT], [SILENT]]);
      assert.equal(calls.length, 1);
    });
});

describe('whether a source fell silent is not asked', () => {
  it('when one filter counts something: all answers come out, in the order they came', async () => {
    const came: string[] = [];
    const names: string[] = [];
    let release: () => void = () => undefined;
    const last = new Promise<void>((done) => (release = done));
    projects();
    for (const [name, query] of [
      ['a', A],
      ['b', B],
      ['c', C],
    ] as const) {
      totals({ query }, async () => {
        came.push(name);
        if (came.length < 3) return totalRows([11, 0, 0]) as object;
        await last;
        return totalRows([11, 1, 1]) as object;
      });
    }
    const reading = (async () => {
      for await (const { ask } of buildSource({ SENTRY_CONCURRENCY: '1' }).read(asks, scopeOf()))
        names.push(ask.filter.name);
    })();
    await until('three requests come', () => came.length === 3);
    await gate();
    assert.deepEqual(names, [], 'held back until one filter counts something');
    release();
    await reading;
    assert.deepEqual(names, came);
  });

  it('when the first filter counts something: those of zero are not held back', async () => {
    projects();
    totals({ query: A }, totalRows([11, 1, 1]));
    totals({ query: B }, totalRows());
    totals({ query: C }, totalRows());
    assert.deepEqual(gapsOf(await readAll(buildSource(), asks)), [[], [], []]);
  });

  it('when no filter could be read: there is no zero that could be an all-clear', async () => {
    projects();
    for (const query of [A, B, C]) totals({ query }, { status: 400, body: { detail: 'no' } });
    assert.deepEqual(
      gapsOf(await readAll(buildSource(), asks)),
      asks.map(() => 'sentry: answered 400: no'),
    );
  });

  it('when there is no filter', async () => {
    assert.deepEqual(await readAll(buildSource(), []), []);
  });
});
