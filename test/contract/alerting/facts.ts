import assert from 'node:assert/strict';
import type { IssueFacts, WindowFacts } from '../../../src/core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../../src/core/model/window.ts';
import { type AlertStage, factsIn, issueIn, keepFacts, reportIn, seen } from '../../support/alerting/stage.ts';

/** What is kept of windows, as rules ask for it. */
export function factsContract(get: () => AlertStage): void {
  /** Start of the window that ended last. */
  const lastWindow = async (): Promise<number> => Math.floor((await get().now()) / PERIOD_MS - 1) * PERIOD_MS;
  /** Keeps report and facts as a run does. */
  const put = async (start: number, given: Partial<WindowFacts>, filter = 'crm'): Promise<WindowFacts> => {
    const facts = factsIn(filter, start, given);
    const { revision, events, users } = facts;
    const gaps = facts.lacks.map((part) => ({ part, reason: 'not_answered' }) as const);
    const totals = [{ project: 'crm-web', projectId: '11', events, users, issues: null }];
    await get().keep([reportIn(filter, start, { revision, totals, gaps, complete: facts.complete })]);
    await keepFacts(get().alerts, [facts]);
    return facts;
  };
  const factsOf = (from: number, to: number, filter = 'crm'): Promise<readonly WindowFacts[]> =>
    seen(get(), { filter, from, to }, (trx, asks) => trx.facts(asks));
  const issuesOf = async (start: number): Promise<readonly IssueFacts[]> =>
    (await factsOf(start, start + 1))[0]?.issues ?? [];

  it('windows come back as they were kept, in order, each filter its own, in the span alone', async () => {
    const at = await lastWindow();
    const second = await put(at, { events: 3, users: 2, issues: [issueIn('2', 3), issueIn('1', 1)] });
    const first = await put(at - PERIOD_MS, {
      spans: [{ spanMs: 900_000, users: 7, issues: { '1': 4 }, issuesAbove: 3 }],
    });
    await put(at, { issues: [issueIn('9', 9)] }, 'shop');
    assert.deepEqual(await factsOf(at - PERIOD_MS, at + 1), [first, second]);
    assert.deepEqual(await factsOf(at - PERIOD_MS, at), [first]);
    assert.deepEqual(await factsOf(at + PERIOD_MS, at + 10 * PERIOD_MS), []);
    assert.deepEqual(await factsOf(at, at + 1, 'nobody'), []);
  });

  it('all that is said of an issue comes back, also what is not known', async () => {
    const at = await lastWindow();
    const trending = issueIn('1', 52, { users: 31, trending: true, score: 10.732050807568877, expected: 3.2 });
    const fresh = issueIn('2', 1, { isNew: true, isBack: false, firstSeen: at + 1, project: 'crm-api', level: null });
    const back = issueIn('3', 1, { isNew: false, isBack: true, culprit: null });
    const unknown = { title: null, culprit: null, level: null, firstSeen: null, isNew: null, isBack: null };
    await put(at - PERIOD_MS, { issues: [issueIn('4', 5)] });
    const issues = [trending, fresh, back, issueIn('4', 1, unknown), issueIn('5', 1, { ...unknown, title: 'Error' })];
    const facts = await put(at, { issues });
    assert.deepEqual(await factsOf(at, at + 1), [facts]);
  });

  it('odd letters come back: NUL, halves of letters, quotes, backslashes, and ids of any kind', async () => {
    const at = await lastWindow();
    const odd = 'a\u0000b\ud800c\udc00 "\\" \\u0000 \u202e 😀 \n\t\'';
    const issues = [issueIn(odd, 2, { title: odd, culprit: odd, project: odd }), issueIn('\\u0000', 1), issueIn('', 1)];
    const facts = await put(at, {
      issues,
      spans: [{ spanMs: 600_000, users: null, issues: { [odd]: 1 }, issuesAbove: null }],
    });
    assert.deepEqual(await factsOf(at, at + 1), [facts]);
    const known = await get().alerts.look((trx) => trx.issues('crm', [odd, '\\u0000', '']));
    assert.deepEqual([...known.keys()].sort(), ['', odd, '\\u0000'].sort());
    assert.equal(known.get(odd)?.title, odd);
  });

  it('the same once more changes nothing, a later revision takes its place, an earlier one does not', async () => {
    const at = await lastWindow();
    const first = await put(at, { issues: [issueIn('1', 1)] });
    await keepFacts(get().alerts, [first]);
    assert.deepEqual(await factsOf(at, at + 1), [first]);
    const later = await put(at, { revision: 2, events: 61, issues: [issueIn('2', 2)] });
    await keepFacts(get().alerts, [first]);
    assert.deepEqual(await factsOf(at, at + 1), [later]);
  });

  it('a window as it was counted before stands beside the report that was kept since', async () => {
    const at = await lastWindow();
    const first = await put(at, { events: 98, issues: [issueIn('1', 1)] });
    await get().keep([
      reportIn('crm', at, {
        revision: 1,
        totals: [{ project: 'crm-web', projectId: '11', events: 104, users: 41, issues: null }],
      }),
    ]);
    const earlier = (revision: number) =>
      get().alerts.look(async (trx) => (await trx.earlier([{ filter: 'crm', at, revision }])).get('crm') ?? []);
    assert.deepEqual(await earlier(1), [first]);
    assert.deepEqual(await earlier(0), []);
  });

  it('an issue is known by what somebody made of it, and by when it came back last', async () => {
    const at = await lastWindow();
    await put(at - PERIOD_MS, { issues: [issueIn('1', 9, { status: 'unresolved', isBack: true }), issueIn('2', 1)] });
    await put(at, { issues: [issueIn('1', 4, { status: 'resolved', isBack: false })] });
    await put(at - 2 * PERIOD_MS, { issues: [issueIn('1', 4, { isBack: true })] });
    const known = await get().alerts.look((trx) => trx.issues('crm', ['1', '2']));
    assert.deepEqual(
      ['1', '2'].map((id) => [known.get(id)!.status, known.get(id)!.backAt]),
      [
        ['resolved', at - PERIOD_MS],
        [undefined, undefined],
      ],
    );
  });

  it('an issue is known by the newest that was said of it, and its first event by the earliest', async () => {
    const at = await lastWindow();
    await put(at, { issues: [issueIn('1', 4, { title: 'new title', firstSeen: 2_000, level: null })] });
    await put(at - PERIOD_MS, { issues: [issueIn('1', 9, { title: 'old title', firstSeen: 1_000, level: 'fatal' })] });
    await put(at + PERIOD_MS, {
      issues: [issueIn('1', 1, { title: null, culprit: null, level: null, firstSeen: null })],
    });
    const known = await get().alerts.look((trx) => trx.issues('crm', ['1', '2']));
    assert.deepEqual(
      [...known],
      [
        [
          '1',
          issueIn('1', 0, {
            title: 'new title',
            firstSeen: 1_000,
            level: known.get('1')!.level,
            users: 0,
            isNew: null,
            isBack: null,
          }),
        ],
      ],
    );
    assert.deepEqual(await get().alerts.look((trx) => trx.issues('shop', ['1'])), new Map());
  });

  it('a window without issues is kept, and one that rules never saw is not', async () => {
    const at = await lastWindow();
    await get().keep([reportIn('crm', at - PERIOD_MS)]);
    const empty = await put(at, { events: 0, users: 0 });
    assert.deepEqual(await factsOf(at - PERIOD_MS, at + 1), [empty]);
    assert.deepEqual(await issuesOf(at), []);
  });
}
