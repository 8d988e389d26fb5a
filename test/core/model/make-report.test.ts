import assert from 'node:assert/strict';
import type { Gap } from '../../../src/core/model/gap.ts';
import { isComplete, makeReport, readLater, reasonFor } from '../../../src/core/model/make-report.ts';
import { detailsOf, END, filterOf, freeze, readingOf, START, WINDOW } from '../../support/build/reports.ts';

describe('reports', () => {
  const filter = filterOf({ projects: ['crm-web', 'crm-api'] });
  const row = (
    issueId: string,
    project = 'crm-web',
  ): { issueId: string; project: string; url: string; events: number; users: number } => ({
    issueId,
    project,
    url: `u/${issueId}`,
    events: 5,
    users: 1,
  });
  const reading = readingOf({
    source: 'main',
    issues: [row('1'), row('2'), row('3', 'crm-api')],
    details: new Map([['1', detailsOf({ issueId: '1' })]]),
    unattributed: 2,
    warnings: ['w'],
    url: 'https://sentry/search',
    totals: [
      { project: 'crm-web', projectId: '11', events: 10, users: 3 },
      { project: 'crm-api', projectId: '12', events: 7, users: 1 },
      { project: 'empty', projectId: '13', events: 0, users: 0 },
    ],
    splits: [{ issueId: '1', project: 'crm-web', tags: { a: 'b' }, events: 5 }],
  });

  it('follow from filter, window and reading alone', () => {
    const unjudged = { state: 'ongoing', expected: null, score: null, trend: null, trending: false };
    const report = makeReport(freeze(filter), freeze({ ...WINDOW }), reading);
    assert.deepEqual(report, {
      id: 'crm-checkout@2026-11-20T10:00:00.000Z',
      revision: 0,
      filter,
      org: 'acme',
      window: WINDOW,
      source: 'main',
      complete: true,
      gaps: [],
      warnings: ['w'],
      totals: [
        { project: 'crm-web', projectId: '11', events: 10, users: 3, issues: 2 },
        { project: 'crm-api', projectId: '12', events: 7, users: 1, issues: 1 },
        { project: 'empty', projectId: '13', events: 0, users: 0, issues: 0 },
      ],
      issues: [
        { ...row('1'), rank: 1, details: detailsOf({ issueId: '1' }), ...unjudged },
        { ...row('2'), rank: 2, details: null, ...unjudged },
        { ...row('3', 'crm-api'), rank: 3, details: null, ...unjudged },
      ],
      splits: reading.splits,
      unattributed: 2,
      url: 'https://sentry/search',
    });
  });

  for (const [name, given, state] of [
    ['first seen at the very start', { firstSeen: START }, 'new'],
    ['first seen in the last millisecond', { firstSeen: END - 1 }, 'new'],
    ['first seen before', { firstSeen: START - 1 }, 'ongoing'],
    ['first seen at the end, which is not in the window', { firstSeen: END }, 'ongoing'],
    ["Sentry's new alone", { substatus: 'new' }, 'ongoing'],
    ["Sentry's regressed", { substatus: 'regressed' }, 'regressed'],
    ['regressed and first seen here', { substatus: 'regressed', firstSeen: START }, 'new'],
    ['escalating', { substatus: 'escalating' }, 'ongoing'],
    ['nothing known', { substatus: null }, 'ongoing'],
  ] as const) {
    it(`call an issue ${state}: ${name}`, () => {
      const baselines = [
        { name: '1h', span: { start: START - 3_600_000, end: START }, events: new Map([['1', 0]]) },
      ] as const;
      const made = makeReport(
        filter,
        WINDOW,
        readingOf({
          issues: [row('1')].map((it) => ({ ...it, events: 1 })),
          baselines,
          details: new Map([['1', detailsOf({ issueId: '1', ...given })]]),
        }),
      );
      assert.equal(made.issues[0]?.state, state);
    });
  }

  it('judge an issue by its own past, and rank trending ones first, by score', () => {
    const events = (counts: Record<string, number>): ReadonlyMap<string, number> => new Map(Object.entries(counts));
    const hour = {
      name: '1h',
      span: { start: START - 3_600_000, end: START },
      events: events({ 1: 12_000, 2: 0, 3: 120, 4: 600 }),
    } as const;
    const day = {
      name: '1d',
      span: { start: START - 90_000_000, end: START - 86_100_000 },
      events: events({ 1: 13_000, 3: 130, 4: 650 }),
    } as const;
    const counted = [
      { ...row('1'), events: 1500 },
      { ...row('4'), events: 100 },
      { ...row('3'), events: 40 },
      { ...row('2'), events: 9 },
    ];
    const { issues } = makeReport(filter, WINDOW, readingOf({ issues: counted, baselines: [hour, day] }));
    assert.deepEqual(
      issues.map(({ issueId, rank, state, expected, trending }) => [issueId, rank, state, expected, trending]),
      [
        ['1', 4, 'ongoing', 1000, false],
        ['4', 2, 'surging', 50, true],
        ['3', 1, 'surging', 10, true],
        ['2', 3, 'surging', 0, true],
      ],
    );
    assert.deepEqual(
      issues.map(({ score }) => score?.toFixed(2)),
      ['14.21', '5.84', '6.27', '4.90'],
    );
  });

  for (const [status, substatus] of [
    ['ignored', 'archived_until_escalating'],
    ['ignored', null],
    ['resolved', null],
    ['unresolved', 'escalating'],
    [null, null],
  ] as const) {
    const isClosed = status === 'ignored' || status === 'resolved';
    it(`call an issue ${isClosed ? 'not ' : ''}trending that is ${status}, ${substatus}; with trendArchived always`, () => {
      const read = readingOf({
        issues: [
          { ...row('1'), events: 90 },
          { ...row('2'), events: 50 },
        ],
        details: new Map([
          ['1', detailsOf({ issueId: '1', firstSeen: START, status, substatus })],
          ['2', detailsOf({ issueId: '2', firstSeen: START })],
        ]),
      });
      const said = (given: object): unknown =>
        makeReport({ ...filter, ...given }, WINDOW, read).issues.map(({ state, trending, rank }) => [
          state,
          trending,
          rank,
        ]);
      const open = [
        ['new', true, 1],
        ['new', true, 2],
      ];
      const closed = [
        ['new', false, 2],
        ['new', true, 1],
      ];
      assert.deepEqual([said({}), said({ trendArchived: false })], isClosed ? [closed, closed] : [open, open]);
      assert.deepEqual(said({ trendArchived: true }), open);
    });
  }

  it('of a window that was read later are incomplete where the query asks for a state, and only there', () => {
    const said = (query?: string): unknown => {
      const asking = { ...filter, query };
      const { complete, gaps } = makeReport(asking, WINDOW, readLater(asking, readingOf()));
      return [complete, gaps.map(({ part, reason }) => [part, reason])];
    };
    assert.deepEqual(said('is:unresolved'), [false, [['totals', 'state_read_later']]]);
    assert.deepEqual(
      [said('release:1.0'), said()],
      [
        [true, []],
        [true, []],
      ],
    );
  });

  it('take returns and whose time first seen is from the reading', () => {
    const at = (start: number): { start: number; end: number } => ({ start, end: start + 3_600_000 });
    const past = (events: number) =>
      ({ name: '1h', span: at(START - 3_600_000), events: new Map([['1', events]]) }) as const;
    const state = (details: object, reading: object): unknown =>
      makeReport(
        filter,
        WINDOW,
        readingOf({
          issues: [row('1')],
          details: new Map([['1', detailsOf({ issueId: '1', ...details })]]),
          ...reading,
        }),
      ).issues[0]?.state;
    const regressed = { substatus: 'regressed' };
    const returned = (ms: number): object => ({ returns: new Map([['1', [{ at: START + ms, resolvedAt: null }]]]) });
    assert.equal(state(regressed, { baselines: [past(5)], ...returned(5000) }), 'regressed');
    assert.equal(state(regressed, { baselines: [past(0)], ...returned(-5000) }), 'ongoing');
    const late = { firstSeen: END + 1000 };
    assert.equal(state(late, { baselines: [past(0)], firstSeenBy: 'arrival' }), 'new');
    assert.equal(state(late, { baselines: [past(0)] }), 'ongoing');
  });

  it('call nothing trending beyond the 100 biggest issues, new or not', () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ ...row(String(index + 1)), events: 500 - index }));
    const details = new Map(many.map(({ issueId }) => [issueId, detailsOf({ issueId, firstSeen: START })]));
    const { issues } = makeReport(filter, WINDOW, readingOf({ issues: many, details }));
    assert.deepEqual(
      [issues[99]?.trending, issues[100]?.trending, issues[100]?.state, issues[100]?.rank],
      [true, false, 'new', 101],
    );
  });

  for (const [part, complete] of [
    ['totals', false],
    ['issues', false],
    ['splits', false],
    ['details', true],
    ['baselines', true],
  ] as const) {
    it(`with a gap in ${part} are ${complete ? '' : 'not '}complete`, () => {
      const gaps: Gap[] = [{ part, reason: 'not_answered' }];
      assert.deepEqual(
        [isComplete(gaps), makeReport(filter, WINDOW, readingOf({ gaps })).complete],
        [complete, complete],
      );
    });
  }

  it('give each project the first reason that concerns it', () => {
    const gaps: Gap[] = [
      { part: 'details', reason: 'not_known' },
      { part: 'totals', reason: 'project_forbidden', project: 'b' },
      { part: 'splits', reason: 'row_limit' },
    ];
    assert.deepEqual(
      [reasonFor(gaps), reasonFor(gaps, 'b'), reasonFor(gaps, 'a'), reasonFor(gaps.slice(0, 2), 'a'), reasonFor([])],
      ['project_forbidden', 'project_forbidden', 'row_limit', '', ''],
    );
  });
});
