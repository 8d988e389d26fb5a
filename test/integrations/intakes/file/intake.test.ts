import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Taken } from '../../../../src/core/ports/events/intake.ts';
import { createBookStore } from '../../../support/intakes/book-store.ts';
import { openTailBench, record, type TailBench } from '../../../support/intakes/tail-bench.ts';

const NAME = 'error.log';
const NOW = { openAfterMs: 0 };

function countsOf({ read, stored, repeats, rejects }: Taken): readonly number[] {
  return [read, stored, repeats, rejects];
}

describe('a log file that is read', () => {
  let bench: TailBench & { close(): void };
  beforeEach(() => (bench = openTailBench()));
  afterEach(() => bench.close());

  it('gives each record once, whenever it is looked at', async () => {
    bench.add(NAME, record(1), record(2));
    assert.deepEqual(countsOf(await bench.look(NOW)), [2, 2, 0, 0]);
    assert.deepEqual(countsOf(await bench.look(NOW)), [0, 0, 0, 0]);
    bench.add(NAME, record(3));
    // What was told while it was open comes once more when it is over.
    assert.deepEqual(countsOf(await bench.look(NOW)), [2, 1, 1, 0]);
    assert.deepEqual(bench.titles(), ['cart failed: pear', 'cart failed: plum', 'cart failed: fig']);
  });

  it('keeps the last record back, tells it as it is at the second look, and knows it when its rest comes', async () => {
    bench.add(NAME, record(1), record(2), 'Traceback (most recent call last):');
    assert.equal((await bench.look()).stored, 1);
    assert.equal((await bench.look()).stored, 1);
    assert.equal((await bench.look()).read, 0);
    bench.add(NAME, '  File "/srv/acme/shop.py", line 3, in buy', '    pay()', 'ValueError: no money', record(3));
    assert.deepEqual(countsOf(await bench.look()), [1, 0, 1, 0]);
    assert.deepEqual(countsOf(await bench.look(NOW)), [1, 1, 0, 0]);
    assert.equal(new Set(bench.store.events.map(({ id }) => id)).size, 3);
  });

  it('tells the last record at once when nobody has written for a minute', async () => {
    bench.add(NAME, record(1));
    bench.wait(60_000);
    assert.equal((await bench.look()).stored, 1);
  });

  it('is read as far as its open record: what happened before that is complete', async () => {
    bench.add(NAME, record(1));
    await bench.look();
    assert.equal(bench.store.moves.at(-1)!.watermark, Date.UTC(2026, 10, 20, 10, 0, 1));
    await bench.look();
    assert.equal(bench.store.moves.at(-1)!.watermark, bench.deps.now());
  });

  it('waits for the rest of a line and of a letter, and offsets count bytes', async () => {
    const bytes = Buffer.from(`${record(1)} für 漢字\n${record(2)}\n`);
    for (const [n, byte] of bytes.entries()) {
      bench.write(NAME, Uint8Array.of(byte));
      if (n % 7 === 0) await bench.look();
    }
    await bench.look(NOW);
    assert.deepEqual(bench.titles(), ['cart failed: pear für 漢字', 'cart failed: plum']);
  });

  it('takes a last line without a line feed for what it is when it stays so, and once only', async () => {
    bench.write(NAME, record(1));
    assert.equal((await bench.look()).stored, 0);
    bench.wait(60_000);
    assert.equal((await bench.look()).stored, 1);
    bench.write(NAME, `\n${record(2)}\n`);
    assert.deepEqual(countsOf(await bench.look(NOW)), [2, 1, 1, 0]);
  });

  it('is begun at its end where nothing else is said, and at a line’s beginning', async () => {
    bench.add(NAME, record(1));
    bench.write(NAME, record(2).slice(0, 20));
    assert.equal((await bench.look(NOW, { from: 'end' })).read, 0);
    bench.write(NAME, `${record(2).slice(20)}\n`);
    assert.equal((await bench.look(NOW, { from: 'end' })).stored, 1);
    assert.deepEqual(bench.titles(), ['cart failed: plum']);
    assert.equal(bench.store.moves[0]!.since, bench.deps.now() - 10_000);
  });

  it('says since when it looks where it begins at the end, and nothing of that where it begins at the start', async () => {
    bench.add(NAME, record(1));
    await bench.look(NOW);
    assert.equal(bench.store.moves[0]!.since, undefined);
  });

  it('that appears later is read from its beginning; until then nothing is known', async () => {
    const taken = await bench.look({}, { from: 'end' });
    assert.match(taken.trouble!, /^there is no file .*error\.log yet; it is read as soon as there is one$/);
    assert.equal(bench.store.moves.at(-1)!.watermark, null);
    bench.add(NAME, record(1));
    assert.equal((await bench.look(NOW, { from: 'end' })).stored, 1);
    assert.equal(bench.store.moves.at(-1)!.watermark, bench.deps.now());
  });

  it('has as many events as are wanted, and the rest later', async () => {
    bench.add(NAME, ...Array.from({ length: 10 }, (_, n) => record(n)));
    const first = await bench.look({ limit: 4 });
    assert.deepEqual([countsOf(first), first.isDrained], [[4, 4, 0, 0], false]);
    assert.equal(bench.store.moves.at(-1)!.watermark, null);
    await bench.look(NOW);
    assert.equal(new Set(bench.titles()).size, 10);
  });

  it('is found by a pattern, and so are others; what rotation made of them is none', async () => {
    bench.add('shop.log', record(1));
    bench.add('shop-20261119.log', record(2));
    bench.add('api.log', record(3));
    bench.add('.hidden.log', record(4));
    const settings = { paths: path.join(bench.folder, '*.log') };
    assert.equal((await bench.look(NOW, settings)).stored, 2);
    bench.add('late.log', record(5));
    bench.add('api.log', record(6));
    assert.equal((await bench.look(NOW, settings)).stored, 2);
    assert.deepEqual(
      bench.titles().map((title) => title.slice(13)),
      ['fig', 'pear', 'kiwi', 'date'],
    );
  });

  it('that may not be read is told, and the others go on; it is read once it may be', async () => {
    bench.add('a.log', record(1));
    bench.add('b.log', record(2));
    const closed = new Set([path.join(bench.folder, 'a.log')]);
    const { files } = bench.deps;
    Object.assign(bench.deps, {
      files: {
        ...files,
        open: (at: string) =>
          closed.has(at) ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) : files.open(at),
      },
    });
    const settings = { paths: path.join(bench.folder, '*.log') };
    const taken = await bench.look(NOW, settings);
    assert.equal(taken.stored, 1);
    assert.match(taken.trouble!, /a\.log may not be read by this user; allow it/);
    assert.equal(bench.store.moves.at(-1)!.watermark, null);
    closed.clear();
    const later = await bench.look(NOW, settings);
    assert.deepEqual([later.stored, later.trouble], [1, undefined]);
  });

  it('is a file: links, folders and pipes are refused', async () => {
    bench.add('other', record(1));
    fs.symlinkSync(path.join(bench.folder, 'other'), path.join(bench.folder, NAME));
    assert.match((await bench.look()).trouble!, /error\.log is a link; name the file itself$/);
    bench.remove(NAME);
    fs.mkdirSync(path.join(bench.folder, NAME));
    assert.match((await bench.look()).trouble!, /error\.log is no regular file; name the log itself,/);
    assert.match((await bench.look({}, { paths: '/proc/version' })).trouble!, /\/proc\/version may not be read/);
  });

  it('is each server’s own, unless its disk is shared', async () => {
    bench.add(NAME, record(1));
    const read = async (server: string, shared: boolean): Promise<number> => {
      Object.assign(bench.deps, { server });
      return (await bench.look(NOW, { shared })).stored;
    };
    assert.deepEqual([await read('host-1', false), await read('host-2', false)], [1, 1]);
    assert.deepEqual([await read('host-1', true), await read('host-2', true)], [1, 0]);
    assert.deepEqual(new Set(bench.store.moves.map(({ name }) => name)), new Set(['host-1', 'host-2', '']));
  });

  it('loses and doubles nothing when the store goes away in the middle', async () => {
    bench.add(NAME, ...Array.from({ length: 2_000 }, (_, n) => record(`cart ${n}`)));
    let calls = 0;
    const shaky = {
      ...bench.store,
      add: async (...given: Parameters<typeof bench.store.add>) => {
        if (++calls % 3 === 0) throw new Error('the ledger is away');
        return bench.store.add(...given);
      },
    };
    await assert.rejects(bench.look(NOW, {}, shaky), /the ledger is away/);
    assert.ok(bench.store.events.length > 0 && bench.store.events.length < 2_000);
    const other = createBookStore();
    await bench.look(NOW, {}, other);
    await bench.look(NOW);
    assert.deepEqual(
      bench.store.events.map(({ id }) => id),
      other.events.map(({ id }) => id),
    );
  });
});
