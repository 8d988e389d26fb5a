import assert from 'node:assert/strict';
import { asMarkdown } from '../../../src/commands/summary/as-markdown.ts';
import { asText } from '../../../src/commands/summary/as-text.ts';
import type { Found, FoundIssue } from '../../../src/commands/summary/found.ts';
import { foundInAnswer } from '../../../src/commands/summary/in-answer.ts';
import { foundInReport } from '../../../src/commands/summary/in-report.ts';
import { summarize } from '../../../src/commands/summary/summarize.ts';
import { countsTable, issuesTable, reasonsTable, sinksTable } from '../../../src/commands/summary/tables.ts';
import { fakeSink } from '../../support/build/fakes.ts';
import { issueOf, reportOf } from '../../support/build/reports.ts';

const MOST = { trending: 3, biggest: 2, isTold: true };

function issue(id: string, events: number, given: Partial<FoundIssue> = {}): FoundIssue {
  const rest = { project: 'web', state: 'ongoing', title: `Error ${id}`, url: `https://sentry.io/issues/${id}/` };
  return { id, events, ...rest, trending: false, score: null, ...given };
}

function found(events: number, given: Partial<Found> = {}): Found {
  const totals = [{ project: 'web', events, issues: given.issues?.length ?? 0, users: events }];
  return { filter: 'shop', totals, issues: [], sinks: {}, gaps: [], ...given };
}

const SENT = { status: 'skipped', accepted: 0, shown: 4 };
const HOUR: readonly Found[] = [
  found(10, {
    issues: [issue('1', 7), issue('2', 3, { trending: true, score: 5, state: 'new' })],
    sinks: { newrelic: SENT },
  }),
  found(4, { issues: [issue('1', 3), issue('3', 1)], sinks: { newrelic: SENT } }),
  found(6, { issues: [issue('2', 6, { trending: true, score: 9, state: 'surging' })], sinks: { newrelic: SENT } }),
];

describe('a summary of several windows', () => {
  it('adds events up, counts distinct issues, and takes the most users of one window', () => {
    const [summary] = summarize(HOUR);
    assert.deepEqual(summary!.totals, [{ project: 'web', events: 20, issues: 3, users: 10 }]);
    assert.deepEqual(
      summary!.issues.map(({ id, events, trended, state }) => [id, events, trended, state]),
      [
        ['1', 10, 0, 'ongoing'],
        ['2', 9, 2, 'surging'],
        ['3', 1, 0, 'ongoing'],
      ],
    );
  });

  it('is a table, what trends and what is biggest, and what each sink would take', () => {
    const summaries = summarize(HOUR);
    assert.equal(
      [countsTable(summaries), issuesTable(summaries, MOST), sinksTable(summaries)].map(asText).join('\n\n'),
      `   filter        project     events  issues   users
   shop          web             20       3      10

   trending in shop
       9  surging   Error 2
                    https://sentry.io/issues/2/  in 2 of 3 windows
   biggest in shop, 2 of 3
      10  ongoing   Error 1
                    https://sentry.io/issues/1/
       9  surging   Error 2
                    https://sentry.io/issues/2/

   newrelic  skipped      would take 12 records`,
    );
  });

  it('marks what is incomplete or was not read, and says why', () => {
    const gone = 'no project webb in acme: did you mean web?';
    const summaries = summarize([
      found(1, { gaps: [gone, gone] }),
      found(1),
      found(0, { filter: 'desk', totals: [], fault: 'sentry: answered 500' }),
    ]);
    assert.equal(
      [...countsTable(summaries), ...reasonsTable(summaries)].map((it) => asText([it])).join('\n'),
      `   filter             project     events  issues   users
   shop (incomplete)  web              2       0       1
   desk (not read)    -                -       -       -
   shop (1 of 2 windows): ${gone}
   desk: sentry: answered 500`,
    );
  });

  it('keeps hostile titles on their line, and calls nobody in Markdown', () => {
    const title = 'a|b\u001B[31m\n<img src=x> @everyone \u202E[x](http://evil)';
    const summaries = summarize([
      found(1, { issues: [issue('1', 1, { title }), issue('2', 1, { title: null, url: 'javascript:alert(1)' })] }),
    ]);
    const text = asText(issuesTable(summaries, MOST));
    assert.equal(text.split('\n').length, 5);
    assert.doesNotMatch(text, /\u001B|\u202E/);
    assert.equal(
      asMarkdown(issuesTable(summaries, MOST)),
      `biggest in shop

| events | state | issue |
| ---: | --- | --- |
| 1 | ongoing | [a\\|b \\[31m &lt;img src=x&gt; @\u200Beveryone \\[x\\](http://evil)](https://sentry.io/issues/1/) |
| 1 | ongoing | issue 2 |`,
    );
    assert.equal(
      asMarkdown([{ heading: 'one_two' }, ...countsTable(summaries)]),
      `### one\\_two

| filter | project | events | issues | users |
| --- | --- | ---: | ---: | ---: |
| shop | web | 1 | 2 | 1 |`,
    );
  });
});

describe('what was found in one window', () => {
  it('is in a report, with the records that each sink of the filter would get', () => {
    const report = reportOf({
      issues: [issueOf({ issueId: '1', events: 5, trending: true, score: 7, state: 'surging' })],
      gaps: [
        { part: 'details', reason: 'not_answered' },
        { part: 'totals', reason: 'project_not_found', detail: 'no project webb' },
      ],
    });
    const seen = foundInReport({ ...report, filter: { ...report.filter, sinks: ['one'] } }, [
      fakeSink(),
      fakeSink({ name: 'two' }),
    ]);
    assert.deepEqual(seen.sinks, { one: { status: 'skipped', accepted: 0, shown: report.totals.length } });
    assert.deepEqual(seen.gaps, ['no project webb']);
    assert.deepEqual(
      seen.issues.map(({ id, events, trending, state }) => ({ id, events, trending, state })),
      [{ id: '1', events: 5, trending: true, state: 'surging' }],
    );
  });

  it('is in an answer, biggest issues from the records that it shows', () => {
    const trending = [
      { id: '9', project: 'web', events: 2, state: 'new', title: 'Nine', url: 'https://x.example/9', score: 3 },
    ];
    const record = { type: 'sentry_issue', sentryIssueId: '4', project: 'web', count: 8, state: 'ongoing' };
    const items = [{ type: 'event_count' }, { ...record, message: 'Four', sentryUrl: 'https://x.example/4' }];
    const [seen] = foundInAnswer({
      ...{ status: 'ok', window: { start: '', end: '' }, sentryRequests: 1 },
      reports: [
        { filter: 'shop', complete: false, totals: [], trending, sinks: { newrelic: { status: 'skipped', items } } },
      ],
    });
    assert.deepEqual(
      seen!.issues.map(({ id, events, trending: isTrending }) => [id, events, isTrending]),
      [
        ['4', 8, false],
        ['9', 2, true],
      ],
    );
    assert.deepEqual([seen!.sinks, seen!.gaps], [{ newrelic: { status: 'skipped', accepted: 0, shown: 2 } }, ['']]);
  });
});
