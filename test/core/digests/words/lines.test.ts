import assert from 'node:assert/strict';
import { linesOf } from '../../../../src/core/digests/words/lines.ts';
import { digestOf, filterOf, issueOf } from '../../../support/digests/digests.ts';

const NONE = { count: 0, first: [] };
const EMPTY = filterOf({ filter: 'crm-mail', events: 0, issues: 0, biggest: [], windows: windows({ withEvents: 0 }) });

function windows(over: Partial<ReturnType<typeof filterOf>['windows']> = {}) {
  return { all: 288, counted: 288, withEvents: 100, incomplete: 0, silent: 0, notCounted: 0, gaps: [], ...over };
}
const said = (...filters: readonly ReturnType<typeof filterOf>[]): readonly string[] =>
  linesOf(digestOf({ filters, zone: 'UTC', chart: null, late: false })).slice(2);

describe('the words of a digest', () => {
  it('of an empty time are one line, and never those of a silent one', () => {
    const [line, ...more] = linesOf(digestOf({ filters: [EMPTY], zone: 'Europe/Berlin', chart: null, late: false }));
    assert.deepEqual(more, []);
    assert.match(line!, /: 0 of 288 windows with events, all complete; crm-mail, from \w{3} \S+ \d\d:\d\d to /);
    const gap = { start: '2026-11-20T02:10:00.000Z', end: '2026-11-20T03:10:00.000Z', what: 'silent' } as const;
    const silent = filterOf({ ...EMPTY, windows: windows({ withEvents: 0, incomplete: 12, silent: 12, gaps: [gap] }) });
    const lines = linesOf(digestOf({ filters: [silent], zone: 'UTC', chart: null, late: false }));
    assert.match(lines[0]!, /: at least 0 events, the source was silent, up to /);
    assert.doesNotMatch(lines.join('\n'), /all complete/);
    assert.ok(
      lines.some((it) => it.startsWith('- 12 of 288 windows were silent: nobody knows whether there was an error (')),
    );
  });

  it('say how it was before, and what was not counted', () => {
    const gaps = [
      { start: '2026-11-19T23:50:00.000Z', end: '2026-11-20T00:05:00.000Z', what: 'not counted' },
      { start: '2026-11-20T05:00:00.000Z', end: '2026-11-20T05:10:00.000Z', what: 'incomplete' },
    ] as const;
    const before = { start: '', end: '', events: 1000, issues: 1, complete: true };
    const filter = filterOf({
      events: 1204,
      issues: 31,
      issuesAtLeast: true,
      biggest: [],
      before,
      windows: windows({ counted: 285, notCounted: 3, incomplete: 2, gaps }),
    });
    assert.deepEqual(said(filter), [
      'crm-checkout: at least 1,204 events in at least 31 issues; 1,000 in 1 issue before (+20 %)',
      '- 3 of 288 windows were not counted (Thu 2026-11-19 23:50–Fri 2026-11-20 00:05)',
      '- 2 of 288 windows have gaps (05:00–05:10)',
      '- and 31 more issues',
    ]);
    const nothing = filterOf({
      ...EMPTY,
      issues: null,
      windows: windows({ counted: 0, withEvents: 0, notCounted: 288 }),
    });
    assert.match(said({ ...nothing, before: { ...before, events: null } })[0]!, /^crm-mail: nothing was counted$/);
  });

  it('name the biggest issues, then others that are new, back or archived, and what alerts told', () => {
    const issue = (id: string, over: object) =>
      issueOf({ id, title: `Error ${id}`, url: null, events: 5, users: 0, ...over });
    const fresh = issue('7', { state: 'new', events: 1 });
    const lines = said(
      filterOf({
        issues: 12,
        biggest: [
          issue('1', { events: 90, users: 3, state: 'surging' }),
          issue('2', { state: 'regressed' }),
          issue('3', { title: null }),
        ],
        new: { count: 7, first: [fresh] },
        regressed: { count: 1, first: [issue('2', { state: 'regressed' })] },
        archived: NONE,
        rules: [
          { rule: 'events > 100', severity: 'warning', began: 3, ended: 1, told: 0 },
          { rule: 'new', severity: 'info', began: 0, ended: 0, told: 1 },
        ],
        held: { muted: 2, 'given up': 1 },
      }),
    );
    assert.deepEqual(lines.slice(1), [
      '- 90 events, at least 3 users, surging: Error 1',
      '- 5 events, regressed: Error 2',
      '- 5 events: issue 3',
      '- 1 event, new: Error 7',
      '- 6 more new',
      '- and 8 more issues',
      '- alerts told: events > 100 began 3 times, ended once; new told once',
      '- alerts held back or lost: 2 muted, 1 given up',
    ]);
  });
});
