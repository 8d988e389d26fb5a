import assert from 'node:assert/strict';
import type { Claims } from '../../src/core/ports/claims.ts';
import type { History } from '../../src/core/ports/history.ts';
import type { ReadModel } from '../../src/core/ports/read-model.ts';
import { filterOf, issueOf, reportOf, START } from '../support/build/reports.ts';

const FIVE = 300_000;

export interface ViewsSubject {
  readonly readModel: ReadModel;
  readonly history: History;
  readonly claims: Claims;
  now(): number | Promise<number>;
  /** Lets the clock that decides leases run on, ms. */
  pass(ms: number): void | Promise<void>;
}

/** What people may see of every shared ledger. */
export function viewsContract({ create }: { create(): ViewsSubject }): void {
  describe('keeps the contract of views', () => {
    let subject: ViewsSubject;
    beforeEach(() => void (subject = create()));

    const report = (
      name: string,
      step: number,
      events: readonly number[],
      more: Parameters<typeof reportOf>[0] = {},
    ): ReturnType<typeof reportOf> =>
      reportOf({
        id: `${name}@${new Date(START + step * FIVE).toISOString()}`,
        filter: filterOf({ name }),
        window: { start: START + step * FIVE, end: START + (step + 1) * FIVE },
        totals: events.map((count, n) => ({
          project: `p-${n}`,
          projectId: String(n),
          events: count,
          users: 1,
          issues: null,
        })),
        ...more,
      });

    it('has the counts of several filters, over all projects, each window as it was counted last', async () => {
      const { readModel, history } = subject;
      await history.put([
        report('b', 1, [3, 4]),
        report('a', 2, [9]),
        report('a', 0, [1, 2]),
        report('a', 1, []),
        report('other', 1, [5]),
      ]);
      await history.put([
        report('a', 0, [20, 2], { revision: 2, complete: false }),
        report('a', 0, [10, 2], { revision: 1 }),
      ]);
      const { counts, until } = await readModel.counts(['a', 'b', 'none'], START, START + 2 * FIVE);
      assert.deepEqual(
        counts,
        new Map([
          [
            'a',
            [
              { start: START, events: 22, complete: false, revision: 2 },
              { start: START + FIVE, events: 0, complete: true, revision: 0 },
            ],
          ],
          ['b', [{ start: START + FIVE, events: 7, complete: true, revision: 0 }]],
        ]),
      );
      assert.ok(until > 0);
      assert.deepEqual(await readModel.counts([], START, START + FIVE), { counts: new Map(), until: 0 });
    });

    it('has what was recorded since the last time, and nothing of other filters', async () => {
      const { readModel, history } = subject;
      await history.put([report('a', 0, [1]), report('b', 0, [2])]);
      const { until } = await readModel.counts(['a'], START, START + 2 * FIVE);
      await subject.pass(5_000);
      await history.put([report('a', 1, [3]), report('b', 1, [4]), report('a', 0, [9], { revision: 1 })]);
      const later = await readModel.counts(['a'], START, START + 2 * FIVE, until);
      assert.deepEqual([...later.counts.keys()], ['a']);
      assert.deepEqual(
        later.counts.get('a')!.map(({ events }) => events),
        [9, 3],
      );
      assert.ok(later.until > until);
      assert.deepEqual(await readModel.counts(['a'], START, START + 2 * FIVE, later.until + 1), {
        counts: new Map(),
        until: later.until + 1,
      });
    });

    it('has reports by id in their latest revision, with all the issues that were kept, and numbers that are not known', async () => {
      const { readModel, history } = subject;
      const issues = [
        issueOf({ issueId: '1', rank: 2 }),
        issueOf({ issueId: '2', rank: 1, trending: true, state: 'new' }),
      ];
      const first = report('a', 0, [1], {
        issues,
        gaps: [{ part: 'issues', reason: 'not_answered' }],
        complete: false,
        splits: Array.from({ length: 30 }, (_, n) => ({
          issueId: String(n % 2),
          project: 'p-0',
          tags: { release: `r-${Math.floor(n / 2)}` },
          events: n,
        })),
      });
      const again = report('a', 0, [2], { revision: 1, issues: [issues[1]!] });
      const tags = Array.from({ length: 15 }, (_, n) => ({
        tags: { release: `r-${14 - n}` },
        events: 2 * (28 - 2 * n) + 1,
      }));
      await history.put([first, report('b', 0, [5])]);
      const { filter: _filter, splits: _splits, ...rest } = first;
      assert.deepEqual(await readModel.reports([first.id, 'none']), [
        { ...rest, filter: 'a', issues: [issues[1], issues[0]], tags },
      ]);
      await history.put([again]);
      assert.deepEqual(
        (await readModel.reports([first.id])).map((it) => [it.revision, it.totals[0]!.events, it.issues, it.tags]),
        [[1, 2, [issues[1], issues[0]], tags]],
        'issues and tags are those of the first count: only totals are counted again',
      );
      assert.deepEqual(await readModel.reports([]), []);
    });

    it('has the first window of each filter, and tells in which spans one was counted', async () => {
      const { readModel, history } = subject;
      await history.put([report('a', 3, [1]), report('a', 1, [1]), report('b', 7, [0])]);
      assert.deepEqual(
        await readModel.firsts(['b', 'a', 'none']),
        new Map([
          ['b', START + 7 * FIVE],
          ['a', START + FIVE],
        ]),
      );
      const spans = [0, 1, 2, 3, 7].map((step) => ({ start: START + step * FIVE, end: START + (step + 1) * FIVE }));
      const hour = { start: START - FIVE, end: START + FIVE };
      assert.deepEqual(await readModel.countedIn(['a', 'none'], [...spans, hour]), [spans[1], spans[3]]);
      assert.deepEqual(await readModel.countedIn(['b', 'a'], spans), [spans[1], spans[3], spans[4]]);
      assert.deepEqual(await readModel.countedIn(['a'], []), []);
    });

    it('tells who has a receipt in hand, who let go of it, and what it says', async () => {
      const { readModel, claims } = subject;
      const keys = ['done', 'held', 'dead', 'open'].map((sink) => ({ reportId: 'a@x', revision: 0, sink }));
      const [done, , , open] = await claims.claim(keys, 60_000);
      assert.ok(done?.status === 'ours' && open?.status === 'ours');
      const receipt = { accepted: 3, refused: [{ key: 'k', why: 'no' }], uncertain: 1, failed: 0, refs: ['r-1'] };
      await claims.settle([
        { key: keys[0]!, token: done.token, done: true, delivered: new Map(), receipt },
        {
          key: keys[3]!,
          token: open.token,
          done: false,
          delivered: new Map(),
          receipt: { ...receipt, failed: 2, error: 'away' },
        },
      ]);
      await subject.pass(50_000);
      await claims.claim([{ reportId: 'a@x', revision: 0, sink: 'dead' }], 1);
      await subject.pass(20_000);
      await claims.claim([{ reportId: 'a@x', revision: 0, sink: 'held' }], 60_000);
      const seen = await readModel.receipts([...keys, { reportId: 'a@x', revision: 1, sink: 'done' }]);
      assert.deepEqual(
        new Map(seen.map((found) => [found.key.sink, [found.state, found.receipt, found.server]])),
        new Map<string, unknown>([
          ['done', ['done', receipt, 'host-1']],
          ['held', ['in hand', null, 'host-1']],
          ['dead', ['open', null, 'host-1']],
          ['open', ['open', { ...receipt, failed: 2, error: 'away' }, 'host-1']],
        ]),
      );
      assert.deepEqual(await readModel.receipts([]), []);
    });

    it('has the last runs, those under way too, the newest first, and so many of each server', async () => {
      const { readModel, history } = subject;
      const since = (await subject.now()) - 3_600_000;
      const window = { start: START, end: START + FIVE };
      for (const runId of ['r-1', 'r-2', 'r-3']) {
        await history.began({ runId, window, reports: 4 });
        await subject.pass(1_000);
      }
      await history.ended({ runId: 'r-2', outcome: 'partial', sourceRequests: 7, sinkRequests: 2 });
      const runs = await readModel.runs(since, 2);
      assert.equal(runs.length, 2);
      const byId = new Map(runs.map((run) => [run.runId, run]));
      const [seen] = [byId.get('r-2')];
      if (seen !== undefined)
        assert.deepEqual(
          [seen.server, seen.window, seen.outcome, seen.reports, seen.sourceRequests, seen.endedAt === null],
          ['host-1', window, 'partial', 4, 7, false],
        );
      assert.deepEqual((await readModel.runs(since, 9)).map(({ runId }) => runId).toSorted(), ['r-1', 'r-2', 'r-3']);
      const [third] = (await readModel.runs(since, 9)).filter(({ runId }) => runId === 'r-3');
      assert.deepEqual([third!.endedAt, third!.outcome], [null, null]);
      assert.deepEqual(await readModel.runs((await subject.now()) + 60_000, 9), []);
      assert.deepEqual(await readModel.runs(since, 9, since + 60_000), [], 'up to then');
    });
  });
}
