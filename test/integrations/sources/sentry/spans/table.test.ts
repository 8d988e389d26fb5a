import assert from 'node:assert/strict';
import type { Rule } from '../../../../../src/core/model/alerting/rule.ts';
import type { SpanUsers } from '../../../../../src/core/model/alerting/span-users.ts';
import type { Call, Reply } from '../../../../support/build/http-mock.ts';
import { usersOver } from '../../../../support/build/users-rules.ts';
import {
  askOf,
  createSource,
  details,
  issue,
  issueRows,
  link,
  projects,
  readAll,
  readOne,
  rows,
  table,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';

const [FIVE, QUARTER, HOUR, DAY] = [5, 15, 60, 1440].map((minutes) => minutes * 60_000) as [
  number,
  number,
  number,
  number,
];
const NINE = '2026-11-20T09:05:00';
const LAST = '2026-11-20T09:50:00';
const BOTH = { projects: ['crm-web', 'crm-api'] };
const IDS = ['11', '12'];
const REFUSED: Reply = { status: 400, body: { detail: 'no' } };

type Asked = Parameters<typeof table>[2];

function together(asked: Asked, ...replies: readonly (number | Reply)[]): Call[] {
  const answers = replies.map((it): Reply =>
    typeof it === 'number' ? { body: { data: [{ 'count_unique(user)': it }], meta: {} } } : it,
  );
  return table(['count_unique(user)'], [], asked, answers);
}

function byIssue(asked: Asked, ...replies: readonly Reply[]): Call[] {
  return table(['issue.id', 'count_unique(user)'], ['-count_unique(user)', 'issue.id'], asked, replies);
}

/** issue id, users; `next`: cursor of the next page. */
function issues(all: readonly (readonly [number | null, number])[], next?: string): Reply {
  return {
    body: { data: all.map(([id, users]) => ({ 'issue.id': id, 'count_unique(user)': users })), meta: {} },
    headers: next === undefined ? {} : link(next),
  };
}

/** So many issues from `first` on, each with so many users. */
function alike(count: number, first: number, users: number): [number, number][] {
  return Array.from({ length: count }, (_, index) => [first + index, users]);
}

/** One issue in the window. */
function window(asked: Asked = {}): void {
  projects();
  totals(asked, totalRows([11, 3, 2]));
  rows(asked, issueRows([1, 11, 3, 2]));
  details(['1'], asked.projects ?? ['11'], { body: [issue('1')] });
}

async function spansOf(
  alerts: readonly Rule[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly [readonly SpanUsers[] | undefined, readonly string[]]> {
  const { spans, warnings, gaps } = await readOne({ alerts }, createSource(env));
  assert.deepEqual(gaps, [], 'it is no gap');
  return [spans, warnings];
}

const uncounted = (span: string, why: string): string =>
  `users in ${span} are not all counted, and rules take the largest window there: ${why}`;

describe('users over longer spans, by the table', () => {
  it('without rules of them nothing more is asked', async () => {
    for (const alerts of [undefined, [], [usersOver(50, FIVE), usersOver(50, FIVE, 'issue')]]) {
      window();
      const reading = await readOne({ alerts });
      assert.ok(!('spans' in reading));
    }
  });

  it('one request a span, of all projects together, to the end of the window', async () => {
    window({ projects: IDS, query: 'level:error' });
    together({ projects: IDS, query: 'level:error' }, 4);
    together({ projects: IDS, query: 'level:error', start: NINE }, 70);
    together({ projects: IDS, query: 'level:error', start: '2026-11-19T10:05:00' }, 900);
    const alerts = [usersOver(50, DAY), usersOver(50, HOUR), usersOver(9, HOUR), usersOver(3, FIVE)];
    const { spans, totals: counted } = await readOne({ ...BOTH, levels: ['error'], alerts });
    const one = { issues: {}, issuesAbove: null };
    assert.deepEqual(spans, [
      { spanMs: FIVE, users: 4, ...one },
      { spanMs: HOUR, users: 70, ...one },
      { spanMs: DAY, users: 900, ...one },
    ]);
    assert.deepEqual(
      counted.map(({ users }) => users),
      [2, 0],
    );
  });

  it('by issue those with most users first, and beside them the filter', async () => {
    window();
    together({ start: LAST }, 60);
    byIssue(
      { start: LAST },
      issues([
        [7, 55],
        [1, 9],
        [null, 8],
        [3, 0],
      ]),
    );
    assert.deepEqual(await spansOf([usersOver(50, QUARTER, 'issue'), usersOver(50, QUARTER)]), [
      [{ spanMs: QUARTER, users: 60, issues: { 7: 55, 1: 9 }, issuesAbove: 0 }],
      [],
    ]);
  });

  it('page after page, to the issues that have not more than the lowest number', async () => {
    window();
    byIssue({ start: NINE }, issues(alike(100, 100, 80), '0:100:0'));
    byIssue({ start: NINE, cursor: '0:100:0' }, issues([...alike(99, 200, 21), [900, 20]], '0:200:0'));
    const [spans, warnings] = await spansOf([usersOver(50, HOUR, 'issue'), usersOver(20, HOUR, 'issue')]);
    const [span] = spans!;
    assert.equal(Object.keys(span!.issues).length, 200);
    assert.deepEqual([span!.issues['100'], span!.issues['298'], span!.issues['900']], [80, 21, 20]);
    assert.deepEqual([span!.users, span!.issuesAbove, warnings], [null, 20, []]);
  });

  it('is asked when the window is empty, not when only totals are wanted', async () => {
    projects();
    totals({}, totalRows(), totalRows());
    rows({}, issueRows());
    together({ start: NINE }, 70);
    const alerts = [usersOver(50, HOUR)];
    const source = createSource();
    const [full] = await readAll(source, [askOf({ alerts })]);
    const [less] = await readAll(source, [askOf({ alerts }, 'totals')]);
    assert.ok(full !== undefined && 'reading' in full && less !== undefined && 'reading' in less);
    assert.equal(full.reading.spans?.[0]?.users, 70);
    assert.equal(less.reading.spans, undefined);
  });

  it('nobody at all is no user', async () => {
    window();
    together({ start: NINE }, { body: { data: [], meta: {} } });
    byIssue({ start: NINE }, issues([]));
    const [spans] = await spansOf([usersOver(5, HOUR), usersOver(5, HOUR, 'issue')]);
    assert.deepEqual(spans, [{ spanMs: HOUR, users: 0, issues: {}, issuesAbove: 0 }]);
  });
});

describe('users over longer spans that cannot be counted', () => {
  it('are null by themselves: the report is whole, and says so', async () => {
    window();
    together({ start: NINE }, REFUSED);
    byIssue({ start: NINE }, issues([[1, 55]]));
    byIssue({ start: LAST }, REFUSED);
    together({ start: LAST }, 12);
    const both = (spanMs: number): Rule[] => [usersOver(50, spanMs), usersOver(50, spanMs, 'issue')];
    const [spans, warnings] = await spansOf([...both(HOUR), ...both(QUARTER)]);
    assert.deepEqual(spans, [
      { spanMs: QUARTER, users: 12, issues: {}, issuesAbove: null },
      { spanMs: HOUR, users: null, issues: { 1: 55 }, issuesAbove: 0 },
    ]);
    const why = 'sentry: answered 400: no';
    assert.deepEqual(warnings, [uncounted('15m', why), uncounted('1h', why)]);
  });

  it('beyond MAX_ROWS: of the others it is known that they have not more than the last', async () => {
    window();
    byIssue({ start: NINE }, issues(alike(100, 100, 80), '0:100:0'));
    byIssue({ start: NINE, cursor: '0:100:0' }, issues([...alike(50, 200, 70), ...alike(50, 300, 60)]));
    const [spans, warnings] = await spansOf([usersOver(50, HOUR, 'issue')], { MAX_ROWS: '120' });
    const [{ issues: known, issuesAbove }] = spans as [SpanUsers];
    assert.deepEqual([Object.keys(known).length, issuesAbove], [120, 70]);
    assert.deepEqual(warnings, [uncounted('1h', 'more than 120 rows (MAX_ROWS)')]);
  });

  it('after the first page: what was read is kept', async () => {
    window();
    byIssue({ start: NINE }, issues(alike(100, 100, 80), '0:100:0'));
    byIssue({ start: NINE, cursor: '0:100:0' }, REFUSED);
    const [spans, warnings] = await spansOf([usersOver(50, HOUR, 'issue')]);
    assert.deepEqual([Object.keys(spans![0]!.issues).length, spans![0]!.issuesAbove], [100, 80]);
    assert.deepEqual(warnings, [uncounted('1h', 'sentry: answered 400: no')]);
  });

  it('when rows moved between two pages: nothing is known of an issue that is not there', async () => {
    window();
    byIssue({ start: NINE }, issues(alike(100, 100, 80), '0:100:0'));
    byIssue(
      { start: NINE, cursor: '0:100:0' },
      issues([
        [199, 80],
        [7, 3],
      ]),
    );
    const [spans, warnings] = await spansOf([usersOver(50, HOUR, 'issue')]);
    assert.deepEqual([spans![0]!.issues['7'], spans![0]!.issuesAbove], [3, null]);
    assert.deepEqual(warnings, [uncounted('1h', 'rows moved while the pages were read')]);
  });

  it('in another order than was asked for', async () => {
    window();
    byIssue(
      { start: NINE },
      issues([
        [1, 9],
        [2, 55],
      ]),
    );
    const [spans, warnings] = await spansOf([usersOver(50, HOUR, 'issue')]);
    assert.deepEqual(spans, [{ spanMs: HOUR, users: null, issues: {}, issuesAbove: null }]);
    assert.deepEqual(warnings, [
      uncounted('1h', 'sentry: the events table answered issues in another order than was asked for'),
    ]);
  });

  it('in a project that Sentry refuses: the others are counted, and the totals say that it is missing', async () => {
    const forbidden: Reply = { status: 403, body: { detail: 'no permission' } };
    projects();
    projects();
    totals({ projects: IDS }, forbidden);
    rows({ projects: IDS }, forbidden);
    together({ projects: IDS, start: NINE }, forbidden);
    totals({ projects: ['12'] }, forbidden);
    // Once to find out, once for good.
    totals({}, totalRows([11, 3, 2]), totalRows([11, 3, 2]));
    rows({}, issueRows([1, 11, 3, 2]));
    details(['1'], ['11'], { body: [issue('1')] });
    together({ start: NINE }, 8);
    const { spans, gaps } = await readOne({ ...BOTH, alerts: [usersOver(50, HOUR)] });
    assert.equal(spans?.[0]?.users, 8);
    assert.deepEqual(
      gaps.map(({ part, project }) => [part, project]),
      [['totals', 'crm-api']],
    );
  });
});
