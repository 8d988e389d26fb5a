import assert from 'node:assert/strict';
import type { DigestStore, KnownDigest } from '../../../../src/core/ports/alerting/digest-store.ts';
import { sqlAlerts } from '../../../../src/storage/ledger/alerts/index.ts';
import { rollUp } from '../../../../src/storage/ledger/alerts/roll-up.ts';
import { sqlClaims } from '../../../../src/storage/ledger/claims.ts';
import { sqlDigests } from '../../../../src/storage/ledger/digests/index.ts';
import { putReports } from '../../../../src/storage/ledger/history.ts';
import { sqlOutbox } from '../../../../src/storage/ledger/outbox/index.ts';
import {
  decide,
  factsIn,
  issueIn,
  keepFacts,
  messageIn,
  reportIn,
  tellingIn,
} from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const FIVE = 300_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const ROW: KnownDigest = {
  digest: 'morning',
  channel: 'boss',
  schedule: '0 9 * * * UTC',
  loadedAt: 100,
  toldTo: AT,
  upSince: AT,
  place: null,
};
const totals = (events: number) => [{ project: 'crm-web', projectId: '11', events, users: 1, issues: 0 }];
const span = (from: number, to: number) => ({ start: AT + from * FIVE, end: AT + to * FIVE });

for (const { kind, open } of KINDS)
  describe(`digests in ${kind}`, () => {
    let box: LedgerBox;
    let store: DigestStore;
    before(async () => {
      box = await open();
      store = sqlDigests(box.database);
    });
    beforeEach(() => emptyAlerts(box.database));
    after(() => box.close());
    const keep = async (...reports: readonly Parameters<typeof reportIn>[]): Promise<void> =>
      putReports(
        await box.database.ready(),
        reports.map((given) => reportIn(...given)),
      );

    it('are known from their first sight on, and begin anew with another schedule of newer files', async () => {
      await store.put([ROW]);
      await store.put([{ ...ROW, toldTo: AT + 1, loadedAt: 200 }]);
      await store.put([{ ...ROW, schedule: 'every 900000', toldTo: AT + 2, loadedAt: 99 }]);
      assert.deepEqual(await store.look(AT, 90 * MINUTE), [ROW]);
      const other = { ...ROW, schedule: 'every 900000', toldTo: AT + 3, loadedAt: 300 };
      await store.put([other, { ...ROW, channel: 'crm' }]);
      assert.deepEqual(await store.look(AT, 90 * MINUTE), [other, { ...ROW, channel: 'crm' }]);
      await store.forget([other]);
      assert.deepEqual(await store.look(AT, 90 * MINUTE), [{ ...ROW, channel: 'crm' }]);
    });

    it('know since when somebody looks without a break', async () => {
      await store.put([ROW]);
      const upSince = async (now: number): Promise<number> => (await store.look(now, 90 * MINUTE))[0]!.upSince;
      assert.equal(await upSince(AT + 5 * MINUTE), AT);
      assert.equal(await upSince(AT + 95 * MINUTE), AT, 'each look counts');
      assert.equal(await upSince(AT + 186 * MINUTE), AT + 186 * MINUTE, 'nobody was there for longer');
      assert.equal(await upSince(AT + 190 * MINUTE), AT + 186 * MINUTE);
    });

    it('are made by one server at a time, and told once, with their message', async () => {
      await store.put([ROW]);
      const [end, message] = [AT + FIVE, messageIn('digest/morning', { type: 'digest', lines: ['one'] })];
      assert.deepEqual(
        await Promise.all([store.claim(ROW, end, 30_000), sqlDigests(box.another()).claim(ROW, end, 30_000)]).then(
          (all) => all.toSorted(),
        ),
        [false, true],
      );
      assert.equal(await store.told(ROW, end, message, AT), true);
      assert.equal(await store.told(ROW, end, { ...message, id: 'another' }, AT), false, 'it was told');
      assert.equal(await store.claim(ROW, end, 30_000), false);
      assert.equal(await store.claim(ROW, end + FIVE, 30_000), true, 'the next one is free');
      assert.equal(await store.told(ROW, end + FIVE, null, AT), true);
      const kept = await sqlOutbox(box.database, claimsDeps).messages({ from: 0, to: AT + DAY });
      assert.deepEqual(
        kept.map((it) => [it.channel, it.fate, it.message.lines]),
        [['boss', 'pending', ['one']]],
      );
    });

    it('read windows as they were counted last, sums and bars of them', async () => {
      const silent = [{ part: 'totals', reason: 'source_silent' }] as const;
      await keep(
        ['crm', AT, { totals: [...totals(7), { ...totals(5)[0]!, project: 'crm-api' }] }],
        ['crm', AT + FIVE, { totals: totals(3) }],
        ['crm', AT + 2 * FIVE, { totals: totals(0), gaps: silent, complete: false }],
        ['crm', AT + 4 * FIVE, { totals: totals(90) }],
        ['shop', AT, { totals: [{ ...totals(9_000_000_000)[0]!, project: '","events":5,"' }] }],
        ['else', AT, { totals: totals(1) }],
      );
      await keep(['crm', AT + FIVE, { revision: 1, totals: totals(4) }]);
      const window = (at: number, events: number, complete = true, isSilent = false) => {
        return { start: AT + at * FIVE, events, complete, silent: isSilent };
      };
      assert.deepEqual(
        await store.windows(['crm', 'shop', 'none'], span(0, 4)),
        new Map([
          ['crm', [window(0, 12), window(1, 4), window(2, 0, false, true)]],
          ['shop', [window(0, 9_000_000_000)]],
        ]),
      );
      assert.deepEqual(
        await store.sums(['crm', 'shop'], span(1, 5)),
        new Map([['crm', { windows: 3, complete: 2, events: 94 }]]),
      );
      assert.deepEqual(
        [...(await store.bars(['crm', 'shop'], span(0, 6), 2 * FIVE))].toSorted(([a], [b]) => a - b),
        [
          [AT, { windows: 3, complete: 3, events: 9_000_000_016 }],
          [AT + 2 * FIVE, { windows: 1, complete: 0, events: 0 }],
          [AT + 4 * FIVE, { windows: 1, complete: 1, events: 90 }],
        ],
      );
    });

    it('read issues from windows and days, with what is known of them', async () => {
      const now = await box.now();
      const old = Math.floor((now - 4 * DAY) / DAY) * DAY;
      const young = Math.floor((now - DAY) / FIVE) * FIVE;
      const alerts = sqlAlerts(box.database);
      await keepFacts(alerts, [
        factsIn('crm', old + FIVE, { issues: [issueIn('1', 5, { users: 2 })] }),
        factsIn('crm', old + 2 * FIVE, {
          issues: [issueIn('1', 6, { isBack: true, trending: true }), issueIn('2', 1)],
        }),
        factsIn('crm', young, {
          issues: [issueIn('1', 7, { status: 'archived', title: null }), issueIn('3', 2, { trending: true })],
        }),
        factsIn('shop', young, { issues: [] }),
      ]);
      while (await rollUp(await box.database.ready()));
      const found = await store.issues(['crm', 'shop', 'none'], { start: old, end: young + FIVE });
      const known = { project: 'crm-web', level: 'error', firstSeen: 1_795_000_000_000, status: null, backAt: null };
      const issue = (id: string) => ({
        ...known,
        id,
        title: `Error: number ${id}`,
        url: `https://acme.sentry.io/issues/${id}/`,
      });
      assert.deepEqual(
        found.get('crm')!.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        [
          { ...issue('1'), events: 18, users: 2, surged: false, status: 'archived', backAt: old + 2 * FIVE },
          { ...issue('2'), events: 1, users: 1, surged: false },
          { ...issue('3'), events: 2, users: 1, surged: true },
        ],
      );
      assert.deepEqual([found.get('shop'), found.get('none')], [[], undefined]);
      assert.deepEqual(
        await store.issueCounts(['crm', 'none'], { start: old, end: old + DAY }),
        new Map([['crm', 2]]),
        'only the day',
      );
    });

    it('know of windows that rules have not decided, whoever decides them', async () => {
      const claims = sqlClaims(box.another(), claimsDeps);
      const keys = ['(alerts)', 'newrelic'].map((sink) => ({
        reportId: 'crm@2026-11-20T10:05:00.000Z',
        revision: 0,
        sink,
      }));
      const asked = async (filter: string, from: number, to: number) => store.isUndecided([filter], span(from, to));
      assert.equal(await asked('crm', 1, 2), false);
      const [rules, sink] = await claims.claim(keys, MINUTE);
      assert.ok(rules?.status === 'ours' && sink?.status === 'ours');
      assert.equal(await asked('crm', 1, 2), true);
      assert.deepEqual(
        [await asked('crm', 0, 1), await asked('crm', 2, 9), await asked('shop', 0, 9)],
        [false, false, false],
      );
      const receipt = { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] };
      const end = { done: true, delivered: new Map(), receipt };
      await claims.settle([{ ...end, key: keys[0]!, token: rules.token }]);
      assert.equal(await asked('crm', 1, 2), false, 'what a sink did not get yet is not asked for');
    });

    it('read what was told of windows, each alert once a fate', async () => {
      const later = tellingIn('boss', 'crm', AT + FIVE, { news: 'resolved' });
      await decide(sqlAlerts(box.database), {
        heads: [{ filter: 'crm', newest: AT, print: '', loadedAt: 1 }],
        tellings: [tellingIn('boss', 'crm', AT), tellingIn('crm', 'crm', AT), later, tellingIn('boss', 'shop', AT)],
      });
      const id = `crm/events > 100/crm@2026-11-20T10:00:00.000Z`;
      const told = { filter: 'crm', rule: 'events > 100', news: 'firing', fate: 'pending' };
      assert.deepEqual(await store.tellings(['crm', 'none'], span(0, 1)), [{ ...told, alertId: id }]);
      assert.equal((await store.tellings(['crm', 'shop'], span(0, 2))).length, 3);
    });
  });
