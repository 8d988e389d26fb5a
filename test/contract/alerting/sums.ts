import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../src/core/model/window.ts';
import type { IssueSum, KeptTotal } from '../../../src/core/ports/alerting/alert-store.ts';
import { type AlertStage, factsIn, issueIn, keepFacts, reportIn, seen } from '../../support/alerting/stage.ts';

/** Counts over many windows, also over those that are kept as days. */
export function sumsContract(get: () => AlertStage): void {
  const put = async (start: number, counts: Readonly<Record<string, readonly [number, number]>>): Promise<void> => {
    const issues = Object.entries(counts).map(([id, [events, users]]) => issueIn(id, events, { users }));
    await get().keep([reportIn('crm', start)]);
    await keepFacts(get().alerts, [factsIn('crm', start, { issues })]);
  };
  const sums = async (from: number, to: number): Promise<readonly IssueSum[]> =>
    [...(await seen(get(), { filter: 'crm', from, to }, (trx, asks) => trx.sums(asks)))].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
  const windowsIn = (from: number, to: number): Promise<readonly { readonly window: { readonly start: number } }[]> =>
    seen(get(), { filter: 'crm', from, to }, (trx, asks) => trx.facts(asks));
  /** Midnight five days ago. */
  const fiveDaysAgo = async (): Promise<number> => Math.floor((await get().now()) / DAY_MS) * DAY_MS - 5 * DAY_MS;

  it('events are added up and users are those of the biggest window, in the span alone', async () => {
    const at = Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS;
    await put(at - 2 * PERIOD_MS, { one: [100, 90] });
    await put(at - PERIOD_MS, { one: [3, 2], two: [1, 1] });
    await put(at, { one: [4, 3] });
    assert.deepEqual(await sums(at - PERIOD_MS, at + PERIOD_MS), [
      { id: 'one', events: 7, users: 3 },
      { id: 'two', events: 1, users: 1 },
    ]);
    assert.deepEqual(await sums(at + PERIOD_MS, at + HOUR_MS), []);
  });

  it('issues that are asked for are counted by window, in their order', async () => {
    const at = Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS;
    await put(at, { one: [4, 3], other: [9, 9] });
    await put(at - PERIOD_MS, { two: [1, 1], one: [3, 2] });
    await put(at - 2 * PERIOD_MS, { one: [100, 90] });
    const counts = await seen(get(), { filter: 'crm', from: at - PERIOD_MS, to: at + 1 }, (trx, asks) =>
      trx.counts(asks.map((ask) => ({ ...ask, issues: ['two', 'one', 'gone'] }))),
    );
    assert.deepEqual(
      counts.toSorted((a, b) => a.start - b.start || b.events - a.events),
      [
        { id: 'one', start: at - PERIOD_MS, events: 3 },
        { id: 'two', start: at - PERIOD_MS, events: 1 },
        { id: 'one', start: at, events: 4 },
      ],
    );
    assert.deepEqual([...(await get().alerts.look((trx) => trx.counts([])))], []);
  });

  it('windows of two days ago become days with the same sums, and a day counts where it begins in the span', async () => {
    const day = await fiveDaysAgo();
    await put(day, { one: [1, 5], two: [10, 2] });
    await put(day + 23 * HOUR_MS, { one: [2, 9] });
    await put(day + DAY_MS, { one: [4, 4] });
    const last = Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS;
    await put(last, { one: [8, 1] });
    const expected = [
      { id: 'one', events: 15, users: 9 },
      { id: 'two', events: 10, users: 2 },
    ];
    assert.deepEqual(await sums(day, last + 1), expected);
    await get().tidy();
    assert.deepEqual(await sums(day, last + 1), expected);
    assert.deepEqual(
      (await windowsIn(day, last + 1)).map(({ window }) => window.start),
      [last],
    );
    assert.deepEqual(await sums(day + DAY_MS, day + 2 * DAY_MS), [{ id: 'one', events: 4, users: 4 }]);
    assert.deepEqual(await sums(day + PERIOD_MS, day + DAY_MS), [], 'it begins before the span');
  });

  it('a window that is filled late becomes part of its day once, whatever is kept of it again', async () => {
    const day = await fiveDaysAgo();
    await put(day, { one: [1, 1] });
    await get().tidy();
    await put(day + PERIOD_MS, { one: [2, 1], late: [7, 7] });
    const expected = [
      { id: 'late', events: 7, users: 7 },
      { id: 'one', events: 3, users: 1 },
    ];
    assert.deepEqual(await sums(day, day + DAY_MS), expected);
    await get().tidy();
    assert.deepEqual(await sums(day, day + DAY_MS), expected);
    await put(day, { one: [1, 1] });
    await put(day + PERIOD_MS, { one: [2, 1], late: [7, 7] });
    assert.deepEqual(await sums(day, day + DAY_MS), expected);
    await get().tidy();
    await get().tidy();
    assert.deepEqual(await sums(day, day + DAY_MS), expected);
  });

  it('totals are known of windows that rules never saw, as they were counted last', async () => {
    const at = Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS;
    const before = await get().now();
    await put(at - PERIOD_MS, {});
    const after = await get().now();
    await put(at, {});
    const totals = await seen(get(), { filter: 'crm', from: at - PERIOD_MS, to: at }, (trx, asks) => trx.totals(asks));
    const [{ recordedAt }] = totals as [KeptTotal];
    assert.ok(recordedAt >= before && recordedAt <= after, `${before} ${recordedAt} ${after}`);
    assert.deepEqual(totals, [
      { start: at - PERIOD_MS, events: 60, users: 40, complete: true, lacks: [], silent: false, recordedAt },
    ]);
  });

  it('a window whose issues are not kept by itself lacks them, unless it had no events', async () => {
    const day = await fiveDaysAgo();
    const loud = [{ project: 'crm-web', projectId: '11', events: 60, users: 40, issues: 1 }];
    const gap = [{ part: 'totals', reason: 'not_answered' }] as const;
    for (const [index, events, lacks] of [
      [0, 60, []],
      [1, 0, []],
      [2, 0, ['totals']],
    ] as const) {
      const start = day + index * PERIOD_MS;
      const complete = lacks.length === 0;
      await get().keep([reportIn('crm', start, { totals: events === 0 ? [] : loud, gaps: complete ? [] : gap })]);
      await keepFacts(get().alerts, [factsIn('crm', start, { events, users: events, complete, lacks })]);
    }
    await get().tidy();
    await put(Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS, {});
    const all = await seen(get(), { filter: 'crm', from: day, to: day + HOUR_MS }, (trx, asks) => trx.totals(asks));
    assert.deepEqual(
      all.map(({ lacks }) => lacks),
      [['issues'], [], ['totals', 'issues']],
    );
  });
}
