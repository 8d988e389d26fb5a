import assert from 'node:assert/strict';
import { sqlClaims } from '../../../src/storage/ledger/claims.ts';
import { sqlHistory } from '../../../src/storage/ledger/history.ts';
import { sqlReadModel } from '../../../src/storage/ledger/views/read-model.ts';
import { detailsOf, issueOf, reportOf } from '../../support/build/reports.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS) {
  describe(`what is looked at again and again, in ${kind}`, () => {
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());
    const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

    it('is the same report until it is recorded again, in the same revision or another', async () => {
      const [history, views] = [sqlHistory(box.database, claimsDeps), sqlReadModel(box.database)];
      const look = async () => (await views.reports(['a']))[0]!;
      await history.put([reportOf({ id: 'a', issues: [issueOf({ events: 1 })] })]);
      const first = await look();
      assert.equal(await look(), first);
      await Promise.all([soon(), box.pass(5)]);
      await history.put([reportOf({ id: 'a', issues: [issueOf({ events: 2 })] })]);
      const second = await look();
      assert.deepEqual([second.issues[0]!.events, await look()], [2, second]);
      await history.put([reportOf({ id: 'a', revision: 1, complete: false })]);
      assert.deepEqual([(await look()).revision, (await look()).complete], [1, false]);
      assert.deepEqual(await views.reports(['b']), []);
    });

    it('has those that trend where no others are wanted, whatever a title says', async () => {
      const [history, views] = [sqlHistory(box.database, claimsDeps), sqlReadModel(box.database)];
      const details = detailsOf({ title: 'says "trending":true' });
      const calm = reportOf({ id: 'calm', issues: [issueOf({ issueId: '1', details })] });
      const hot = [issueOf({ issueId: '2', rank: 2, details }), issueOf({ issueId: '3', trending: true, details })];
      await history.put([calm, reportOf({ id: 'hot', issues: hot })]);
      const ids = async (id: string, issues?: 'all' | 'trending') =>
        (await views.reports([id], issues))[0]!.issues.map(({ issueId }) => issueId);
      assert.deepEqual(
        [await ids('calm', 'trending'), await ids('calm'), await ids('calm', 'all')],
        [[], ['1'], ['1']],
      );
      assert.ok((await ids('hot', 'trending')).includes('3'));
      assert.deepEqual(await ids('hot'), ['3', '2']);
    });

    it('is the same receipt until it says something else', async () => {
      const [claims, views] = [sqlClaims(box.database, claimsDeps), sqlReadModel(box.database)];
      const key = { reportId: 'a', revision: 0, sink: 'one' };
      const [claimed] = await claims.claim([key], 60_000);
      assert.ok(claimed?.status === 'ours');
      const look = async () => (await views.receipts([key]))[0]!;
      const held = await look();
      assert.equal(held.state, 'in hand');
      assert.equal(await look(), held);
      const receipt = { accepted: 3, refused: [], uncertain: 0, failed: 0, refs: [] };
      await claims.settle([{ key, token: claimed.token, done: true, delivered: new Map(), receipt }]);
      const done = await look();
      assert.deepEqual([done.state, done.receipt], ['done', receipt]);
      assert.equal(await look(), done);
    });
  });
}
