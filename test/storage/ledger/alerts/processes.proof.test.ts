import assert from 'node:assert/strict';
import { type FillJob, windowsOf } from '../../../support/alerting/processes/fill.ts';
import { TEN } from '../../../support/alerting/tellings.ts';
import { fillWindow, stateIn } from '../../../support/alerting/whole/filling.ts';
import { placeIn } from '../../../support/alerting/whole/in-ledger.ts';
import { inMemory, type Place } from '../../../support/alerting/whole/play.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';
import { startProcess } from '../../../support/process/processes.ts';

const FILTERS = ['crm', 'mail', 'shop'];
const [WINDOWS, PROCESSES] = [60, 3];

async function fillBy(url: string, isShared: boolean): Promise<void> {
  const jobs = Array.from({ length: PROCESSES }, (_, at): FillJob => {
    const share = isShared ? { of: PROCESSES, at } : null;
    return { url, filters: FILTERS, windows: WINDOWS, order: at + 1, share };
  });
  const all = jobs.map((job) => startProcess(['test/support/alerting/processes/fill.ts', JSON.stringify(job)]));
  const ends = await Promise.all(all.map((it) => it.ended));
  for (const [index, end] of ends.entries())
    assert.deepEqual(end, { code: 0, signal: null }, `${all[index]!.out()} ${all[index]!.err()}`);
}

async function inOrder(): Promise<Place> {
  const place = inMemory();
  for (const facts of windowsOf({ filters: FILTERS, windows: WINDOWS, share: null })) await fillWindow(facts, place);
  return place;
}

async function keysIn({ outbox }: Place): Promise<readonly string[]> {
  const tellings = await outbox.tellings({ from: TEN, to: TEN + WINDOWS * 300_000 });
  return tellings.map(({ key }) => key).sort();
}

for (const { kind, open } of KINDS) {
  describe(`${PROCESSES} processes that decide in one ${kind}`, function () {
    this.timeout(600_000);
    let box: LedgerBox;
    beforeEach(async () => (box = await open()));
    afterEach(() => box.close());

    it('fill the same windows in different orders: no trouble surfaces, and each telling is kept once', async () => {
      await fillBy(box.url, false);
      const [place, wanted] = [placeIn(box), await inOrder()];
      for (const filter of FILTERS) assert.deepEqual(await stateIn(place, filter), await stateIn(wanted, filter));
      const keys = await keysIn(place);
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.length > 100, `${keys.length} tellings`);
    });

    it('share the windows of each filter: the states are those of one that went in order', async () => {
      await fillBy(box.url, true);
      const [place, wanted] = [placeIn(box), await inOrder()];
      for (const filter of FILTERS) assert.deepEqual(await stateIn(place, filter), await stateIn(wanted, filter));
      assert.deepEqual(
        (await place.alerts.look((trx) => trx.facts([{ filter: 'crm', from: 0, to: TEN * 2 }]))).get('crm')?.length,
        WINDOWS,
        'no write is lost',
      );
    });
  });
}
