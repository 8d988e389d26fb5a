import assert from 'node:assert/strict';
import type { History } from '../../src/core/ports/history.ts';
import { detailsOf, filterOf, issueOf, reportOf, START } from '../support/build/reports.ts';

export interface HistorySubject {
  /** One that remembers nothing yet. */
  create(): History;
}

const FIVE = 300_000;

/** What every ledger must remember of reports. */
export function historyContract({ create }: HistorySubject): void {
  describe('keeps the contract of history', () => {
    let history: History;
    beforeEach(() => void (history = create()));

    it('gives back a report as it is answered, the latest reading, and nothing for what it does not know', async () => {
      const issues = [
        issueOf({ issueId: '1', rank: 2, trending: true, state: 'surging', expected: 1.5, score: 4.2, trend: 3 }),
        issueOf({ issueId: '2', rank: 1, trending: true, details: null }),
        issueOf({ issueId: '3', rank: 3 }),
      ];
      const report = reportOf({
        id: 'a',
        issues,
        splits: [
          { issueId: '1', project: 'crm-web', tags: { os: 'mac', release: '1' }, events: 4 },
          { issueId: '2', project: 'crm-web', tags: { os: 'win' }, events: 9 },
          { issueId: '3', project: 'crm-web', tags: { release: '1', os: 'mac' }, events: 6 },
        ],
        gaps: [{ part: 'issues', reason: 'row_limit', project: 'crm-web', detail: 'more' }],
        complete: false,
        warnings: ['odd'],
        unattributed: 7,
        url: 'https://sentry.io/x',
      });
      await history.put([reportOf({ id: 'a' }), reportOf({ id: 'b' })]);
      await history.put([report]);
      const { filter: _filter, splits: _splits, issues: _issues, ...rest } = report;
      const found = await history.get(['a', 'c']);
      assert.deepEqual([...found.keys()], ['a']);
      const tags = [
        { tags: { os: 'mac', release: '1' }, events: 10 },
        { tags: { os: 'win' }, events: 9 },
      ];
      assert.deepEqual(found.get('a'), { ...rest, listed: [issues[1], issues[0]], tags });
      assert.deepEqual((await history.get([])).size, 0);
      await history.put([]);
    });

    it('gives back totals of which the issues are not known', async () => {
      const totals = [{ project: 'crm-web', projectId: '11', events: 60, users: 40, issues: null }];
      await history.put([reportOf({ id: 'a', totals, issues: [], window: { start: START, end: START + FIVE } })]);
      assert.deepEqual((await history.get(['a'])).get('a')?.totals, totals);
    });

    it('has a report as it was counted last, whatever comes after it', async () => {
      const counted = (revision: number, events: number) =>
        reportOf({
          revision,
          totals: [{ project: 'p', projectId: '1', events, users: 1, issues: revision === 0 ? 2 : null }],
        });
      await history.put([counted(0, 5)]);
      await history.put([counted(2, 9)]);
      await history.put([counted(1, 7)]);
      await history.put([counted(0, 5)]);
      const { id } = reportOf();
      const found = [...(await history.get([id])).values()].map(({ revision, totals }) => [revision, totals]);
      assert.deepEqual(found, [[2, counted(2, 9).totals]]);
    });

    it('lists no more issues than the filter wants', async () => {
      const issues = [1, 2, 3].map((n) =>
        issueOf({
          issueId: String(n),
          rank: n,
          trending: true,
          details: detailsOf({ issueId: String(n), assignee: 'ann' }),
        }),
      );
      await history.put([reportOf({ id: 'a', filter: filterOf({ top: 2 }), issues })]);
      assert.deepEqual((await history.get(['a'])).get('a')?.listed, issues.slice(0, 2));
    });
  });
}
