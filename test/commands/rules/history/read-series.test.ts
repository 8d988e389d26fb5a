import assert from 'node:assert/strict';
import { readSeries } from '../../../../src/commands/rules/history/read-series.ts';
import type { Filter } from '../../../../src/core/model/filter.ts';
import type { Details, Reading, SeriesCount } from '../../../../src/core/model/reading.ts';
import type { Window } from '../../../../src/core/model/window.ts';
import { fakeSource } from '../../../support/build/fakes.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';

const TEN = Date.UTC(2026, 10, 20, 10);
const FIVE = 300_000;
const HOUR = 12 * FIVE;
const SPAN: Window = { start: TEN, end: TEN + HOUR };

const detailsOf = (issueId: string, firstSeen: number): Details => ({
  issueId,
  shortId: null,
  title: `trouble ${issueId}`,
  culprit: null,
  level: 'error',
  url: null,
  status: 'resolved',
  substatus: null,
  firstSeen,
  assignee: null,
});

/** Thirty events in each of the first two windows of the span, and none before. */
const SERIES: readonly SeriesCount[] = [0, 1].map((n) => ({ start: TEN + n * FIVE, events: 30, complete: true }));

describe('a history by series', () => {
  /** Spans and queries that were asked, and what came of it. */
  async function read(filter: Filter) {
    const asked: (readonly [string | undefined, number])[] = [];
    const rows = ['1', '2'].map((issueId) => ({ issueId, project: 'web', url: '', events: 6, users: 1 }));
    const reading = {
      source: 'sentry',
      org: 'acme',
      issues: rows,
      details: new Map([
        ['1', detailsOf('1', TEN + FIVE)],
        ['2', detailsOf('2', TEN - 50 * HOUR)],
      ]),
      gaps: [],
    } as unknown as Reading;
    const source = {
      ...fakeSource(),
      async *read([ask]: readonly [never]) {
        yield { ask, reading };
      },
      async series({ query }: Filter, span: Window) {
        asked.push([query, (span.end - span.start) / HOUR]);
        return SERIES;
      },
    };
    const { facts, notes } = await readSeries(
      filter,
      SPAN,
      { sourceOf: () => source },
      { scope: scopeOf(), onRead: () => undefined },
    );
    return { asked, facts, notes };
  }

  it('of rules on the whole filter is one request', async () => {
    const { asked, facts } = await read(
      filterOf({ name: 'a', alerts: [ruleWith({ kind: 'events', above: 1, spanMs: FIVE })] }),
    );
    assert.deepEqual(asked, [[undefined, 1]]);
    assert.deepEqual(
      facts.map(({ events, complete }) => [events, complete]),
      [
        [30, true],
        [30, true],
      ],
    );
  });

  it('of what is new asks only for the issues that began in it', async () => {
    const { asked, facts } = await read(
      filterOf({ name: 'a', query: 'a OR b', alerts: [{ ...ruleWith({ kind: 'new' }), each: 'issue' }] }),
    );
    assert.deepEqual(asked, [
      ['a OR b', 1],
      ['(a OR b) issue.id:1', 2],
    ]);
    assert.deepEqual(
      facts.map(({ issues }) => issues.map(({ id, events, isNew }) => [id, events, isNew])),
      [[['1', 30, false]], [['1', 30, true]]],
    );
  });

  it('of what trends asks for all of them, a week and more back; what is resolved now was not then', async () => {
    const { asked, facts } = await read(
      filterOf({ name: 'a', alerts: [{ ...ruleWith({ kind: 'trending', score: null }), each: 'issue' }] }),
    );
    assert.deepEqual(
      asked.map(([query, hours]) => [query, Math.floor(hours)]),
      [
        [undefined, 1],
        ['issue.id:1', 169],
        ['issue.id:2', 169],
      ],
    );
    assert.ok(facts[0]!.issues.some(({ trending }) => trending));
  });
});
