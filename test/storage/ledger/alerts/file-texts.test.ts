import assert from 'node:assert/strict';
import { sqlFileTexts } from '../../../../src/storage/ledger/alerts/file-texts.ts';
import { KINDS } from '../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`last good texts in ${kind}`, () => {
    it('are kept by path: a newer text takes the place, the same keeps its time, an older one changes nothing', async () => {
      const box = await open();
      const [one, two] = [sqlFileTexts(box.database), sqlFileTexts(box.another())];
      try {
        assert.deepEqual(await one.all(), []);
        await one.keep([
          { path: 'b.yaml', text: 'filters: []\u0000 ü😀', since: 1_795_168_800_000 },
          { path: 'a.yaml', text: 'one', since: 5 },
        ]);
        await two.keep([{ path: 'a.yaml', text: 'one', since: 9 }]);
        await two.keep([{ path: 'a.yaml', text: 'older', since: 4 }]);
        assert.deepEqual(await two.all(), [
          { path: 'a.yaml', text: 'one', since: 5 },
          { path: 'b.yaml', text: 'filters: []\u0000 ü😀', since: 1_795_168_800_000 },
        ]);
        await two.keep([{ path: 'a.yaml', text: 'two', since: 9 }]);
        await two.keep([]);
        assert.deepEqual((await one.all())[0], { path: 'a.yaml', text: 'two', since: 9 });
      } finally {
        await box.close();
      }
    });
  });
