import assert from 'node:assert/strict';
import { type BackupOrder, makeBackup } from '../../../src/core/backup/make.ts';
import type { BackupPlace } from '../../../src/core/ports/backup/place.ts';
import { createShelf, itemOf } from '../../support/backup/shelf.ts';

const NOW = Date.parse('2026-11-28T15:00:00Z');
const at = (date: string, item = 'ledger', server = 'mon-1'): string => `${server}_${date}T15-00-00Z_${item}.txt`;
/** 59, 60 and 61 days before. */
const [YOUNG, EVEN, OLD] = [at('2026-09-30'), at('2026-09-29'), at('2026-09-28')];
const NEW = at('2026-11-28');

/** As the system says it. */
const fault = (said: string): Error => Object.assign(new Error(said), { code: said.slice(0, 6) });

function orderOf(place: BackupPlace, more: Partial<BackupOrder> = {}): BackupOrder {
  const items = [itemOf('ledger')];
  return { items, place, keepDays: 60, server: 'mon-1', now: NOW, sure: NOW, version: '1.2.3', ...more };
}

describe('a backup', () => {
  it('is a copy of each item and what proves it', async () => {
    const shelf = createShelf();
    const made = await makeBackup(orderOf(shelf, { items: [itemOf('ledger'), itemOf('config')] }));
    const config = at('2026-11-28', 'config');
    assert.deepEqual(made, {
      items: [
        { item: 'ledger', name: NEW, bytes: 17, said: '3 rows' },
        { item: 'config', name: config, bytes: 17, said: '3 rows' },
      ],
      deleted: [],
      kept: [],
    });
    assert.deepEqual([...shelf.files.keys()], [NEW, `${NEW}.proof.json`, config, `${config}.proof.json`]);
    assert.deepEqual(JSON.parse(shelf.files.get(`${NEW}.proof.json`)!), {
      bytes: 17,
      sha256: 'sum of content of ledger',
      madeBy: '1.2.3',
      facts: { rows: 3 },
      said: '3 rows',
    });
    assert.equal(shelf.open(), 0);
  });

  it('deletes what is older than it is to be kept, with its proof, and nothing else', async () => {
    const others = [
      at('2026-09-01', 'ledger', 'mon-10'),
      at('2026-09-01', 'ledger', 'mon'),
      'notes_2026-09-01.txt',
      'mon-1_2026-09-01T15-00-00Z_ledger.txt.proof.json.copy',
    ];
    const shelf = createShelf([OLD, `${OLD}.proof.json`, EVEN, YOUNG, at('2026-09-01', 'config'), ...others]);
    const { deleted } = await makeBackup(orderOf(shelf));
    assert.deepEqual(deleted, [at('2026-09-01', 'config'), OLD]);
    assert.deepEqual([...shelf.files.keys()].toSorted(), [...others, EVEN, YOUNG, NEW, `${NEW}.proof.json`].toSorted());
  });

  it('keeps all where nothing is said, and goes by the time that is sure', async () => {
    for (const more of [{ keepDays: null }, { sure: NOW - 2 * 86_400_000 }]) {
      const shelf = createShelf([OLD]);
      assert.deepEqual((await makeBackup(orderOf(shelf, more))).deleted, []);
      assert.ok(shelf.files.has(OLD));
    }
  });

  it('of which the second of three items fails has the others, and deletes nothing', async () => {
    const shelf = createShelf([OLD]);
    const items = [itemOf('ledger'), itemOf('config', 'the copy is damaged'), itemOf('third')];
    const made = await makeBackup(orderOf(shelf, { items }));
    assert.deepEqual(made.items[1], { item: 'config', fault: 'the copy is damaged' });
    assert.deepEqual(
      made.items.map((it) => ('name' in it ? it.name : null)),
      [NEW, null, at('2026-11-28', 'third')],
    );
    const third = at('2026-11-28', 'third');
    assert.deepEqual([...shelf.files.keys()], [OLD, NEW, `${NEW}.proof.json`, third, `${third}.proof.json`]);
    assert.deepEqual([made.deleted, shelf.open()], [[], 0]);
  });

  const kinds: readonly (readonly [string, Partial<BackupPlace>, RegExp])[] = [
    ['the disk is full', { put: async () => Promise.reject(fault('ENOSPC: no space left')) }, /^ENOSPC/],
    [
      'what is read back has another byte',
      { fetch: async () => ({ bytes: 17, sha256: 'other' }) },
      /not what was writ/,
    ],
    ['less is read back', { fetch: async () => ({ bytes: 16, sha256: 'sum of content of ledger' }) }, /not what was/],
    ['there is no room to work in', { workshop: async () => Promise.reject(fault('EROFS')) }, /^EROFS/],
  ];
  for (const [what, own, said] of kinds)
    it(`fails when ${what}: no copy is left that is none, and nothing old is deleted`, async () => {
      const shelf = createShelf([OLD]);
      const made = await makeBackup(orderOf({ ...shelf, ...own }));
      assert.match('fault' in made.items[0]! ? made.items[0].fault : '', said);
      assert.deepEqual([[...shelf.files.keys()], made.deleted, shelf.open()], [[OLD], [], 0]);
    });

  it('never writes over what is there', async () => {
    const shelf = createShelf([NEW]);
    const made = await makeBackup(orderOf(shelf));
    assert.match('fault' in made.items[0]! ? made.items[0].fault : '', /already/);
    assert.equal(shelf.files.get(NEW), 'old');
  });

  it('says what it could not delete, and goes on', async () => {
    const older = at('2026-09-02');
    const shelf = createShelf([OLD, older]);
    const remove = async (name: string) => (name === older ? Promise.reject(fault('EACCES')) : shelf.remove(name));
    const made = await makeBackup(orderOf({ ...shelf, remove }));
    assert.deepEqual([made.kept, made.deleted], [[`${older}: EACCES`], [OLD]]);
    const unread = await makeBackup(orderOf({ ...createShelf(), names: async () => Promise.reject(fault('EIO')) }));
    assert.deepEqual(unread.kept, ['EIO']);
  });
});
