import assert from 'node:assert/strict';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Claimed } from '../../../src/core/ports/claims.ts';
import type { Parcel } from '../../../src/core/ports/ledger.ts';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { keepReports, MOST_ITEMS } from '../../../src/storage/ledger/keep-reports.ts';
import { reportOf } from '../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';
import { countStatements } from '../../support/ledger/statements.ts';

const KEY: ClaimKey = { reportId: 'a', revision: 0, sink: 'one' };
const OTHER: ClaimKey = { ...KEY, sink: 'two' };
const LEASE = 60_000;

function parcel(key: ClaimKey, token: string | null, value: string): Parcel {
  return {
    key,
    token,
    items: [{ key: 'k', lane: 'events', body: { z: value, a: { y: 1, x: [{ d: null, c: 'é' }] } } }],
  };
}

function itemsOf(claimed: Claimed): unknown {
  return claimed.status === 'ours' ? claimed.items?.map(({ body }) => body['z']) : claimed.status;
}

for (const { kind, open } of KINDS) {
  describe(`what a ledger in ${kind} keeps for sending`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    const claim = async (key: ClaimKey): Promise<Claimed> =>
      (await sqlClaims(box.database, claimsDeps).claim([key], LEASE))[0]!;
    const tokenOf = (claimed: Claimed): string =>
      claimed.status === 'ours' ? claimed.token : assert.fail(claimed.status);
    const put = async (report: Report, ...parcels: Parcel[]) =>
      keepReports(await box.database.ready(), [{ report, parcels }], 'host-1');

    it('comes back as it was, in one order of keys', async () => {
      const given = parcel(KEY, tokenOf(await claim(KEY)), 'v');
      assert.deepEqual(await put(reportOf({ id: 'a' }), given), [[true]]);
      await box.pass(LEASE);
      const claimed = await claim(KEY);
      assert.deepEqual(claimed.status === 'ours' && claimed.items, given.items);
      assert.equal(
        claimed.status === 'ours' && JSON.stringify(claimed.items),
        '[{"key":"k","body":{"a":{"x":[{"c":"é","d":null}],"y":1},"z":"v"},"lane":"events"}]',
      );
    });

    it('comes back with every character that a title may have', async () => {
      const odd = 'a\u0000b\ud800c\udc00\u2028"\\u0000\\ \u{1f600}\ufffe\r\n\t\u007f\u0085';
      const given = parcel(KEY, tokenOf(await claim(KEY)), odd);
      assert.deepEqual(await put(reportOf({ id: 'a', warnings: [odd] }), given), [[true]]);
      await box.pass(LEASE);
      const claimed = await claim(KEY);
      assert.deepEqual(claimed.status === 'ours' && claimed.items, given.items);
      assert.deepEqual((await sqlHistory(box.database, claimsDeps).get(['a'])).get('a')?.warnings, [odd]);
      const receipt = {
        accepted: 1,
        refused: [{ key: odd, why: odd }],
        uncertain: 0,
        failed: 0,
        refs: [odd],
        error: odd,
      };
      const claims = sqlClaims(box.database, claimsDeps);
      assert.deepEqual(
        await claims.settle([
          {
            key: KEY,
            token: tokenOf(claimed),
            receipt,
            done: false,
            delivered: new Map([[odd, { status: 'refused', why: odd }]]),
          },
        ]),
        [true],
      );
      const again = await claim(KEY);
      assert.deepEqual(again.status === 'ours' && [...again.delivered], [[odd, { status: 'refused', why: odd }]]);
      assert.deepEqual(
        await claims.settle([{ key: KEY, token: tokenOf(again), receipt, done: true, delivered: new Map() }]),
        [true],
      );
      assert.deepEqual(await claim(KEY), { status: 'done', receipt });
    });

    it('is given to the database in parts when it is much: all of it is kept, each report in one', async () => {
      const keys = Array.from({ length: 5 }, (_, n): ClaimKey => ({ ...KEY, reportId: `much-${n}` }));
      const claimed = await sqlClaims(box.database, claimsDeps).claim(keys, LEASE);
      const many = (n: number): Parcel['items'] =>
        Array.from({ length: n === 1 ? MOST_ITEMS + 1 : MOST_ITEMS / 4 }, (_, item) => ({
          key: `${n}/${item}`,
          body: { n },
        }));
      const kept = keys.map((key, n) => ({
        report: reportOf({ id: key.reportId }),
        parcels: [{ key, token: n === 3 ? 'lost' : tokenOf(claimed[n]!), items: many(n) }],
      }));
      const engine = await box.database.ready();
      const count = countStatements();
      const answers = await keepReports(engine, kept, 'host-1').finally(() => count.end());
      assert.deepEqual(answers, [[true], [true], [true], [false], [true]]);
      // One report, the large one, and the other three: begin, items, reports, commit.
      assert.equal(count.read(), 3 * 4);
      await box.pass(LEASE);
      const again = await sqlClaims(box.database, claimsDeps).claim(keys, LEASE);
      assert.deepEqual(
        again.map((it) => it.status === 'ours' && it.items?.length),
        [MOST_ITEMS / 4, MOST_ITEMS + 1, MOST_ITEMS / 4, undefined, MOST_ITEMS / 4],
      );
    });

    it('stays when whoever lost the claim comes late: neither items nor report are changed, nothing may be sent', async () => {
      const late = tokenOf(await claim(KEY));
      await box.pass(LEASE);
      await put(reportOf({ id: 'a', unattributed: 1 }), parcel(KEY, tokenOf(await claim(KEY)), 'first'));
      assert.deepEqual(
        await put(reportOf({ id: 'a', unattributed: 2 }), parcel(KEY, late, 'late'), parcel(OTHER, null, 'late')),
        [[false, true]],
      );
      await box.pass(LEASE);
      assert.deepEqual([itemsOf(await claim(KEY)), itemsOf(await claim(OTHER))], [['first'], undefined]);
      assert.equal((await sqlHistory(box.database, claimsDeps).get(['a'])).get('a')?.unattributed, 1);
    });

    it('for sinks that nobody claimed: the first reading holds, what is done stays done', async () => {
      const token = tokenOf(await claim(KEY));
      await put(reportOf({ id: 'a' }), parcel(KEY, token, 'v'), parcel(OTHER, null, 'first'));
      await put(reportOf({ id: 'a' }), parcel(KEY, token, 'v'), parcel(OTHER, null, 'second'));
      assert.deepEqual(itemsOf(await claim(OTHER)), ['first']);
    });
  });
}
