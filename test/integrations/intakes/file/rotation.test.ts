import assert from 'node:assert/strict';
import path from 'node:path';
import fs from 'node:fs';
import { openTailBench, record, type TailBench } from '../../../support/intakes/tail-bench.ts';

const NAME = 'error.log';
const NOW = { openAfterMs: 0 };

describe('a log file that is rotated', () => {
  let bench: TailBench & { close(): void };
  let n = 0;
  beforeEach(() => {
    bench = openTailBench();
    n = 0;
  });
  afterEach(() => bench.close());

  /** Adds records that are new. */
  const more = (name: string, count: number): void => {
    for (let some = 0; some < count; some++)
      bench.add(name, record(`cart ${LETTERS[Math.floor(n / 26)]!}${LETTERS[n++ % 26]!}`));
  };
  const all = (): readonly string[] =>
    Array.from({ length: n }, (_, it) => `cart failed: cart ${LETTERS[Math.floor(it / 26)]!}${LETTERS[it % 26]!}`);
  const assertAll = (): void => {
    assert.deepEqual(bench.titles(), all());
    assert.deepEqual(bench.store.rejects, []);
  };

  it('by renaming: the rest of the renamed one comes first', async () => {
    more(NAME, 3);
    await bench.look();
    more(NAME, 3);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 3);
    await bench.look(NOW);
    assertAll();
  });

  it('by renaming, and its writer was not told: what comes into the renamed one is read, wherever it is', async () => {
    more(NAME, 3);
    await bench.look(NOW);
    bench.move(NAME, `${NAME}.1`);
    bench.add(NAME);
    more(`${NAME}.1`, 2);
    await bench.look(NOW);
    bench.move(`${NAME}.1`, `${NAME}.2`);
    bench.move(NAME, `${NAME}.1`);
    bench.add(NAME);
    more(`${NAME}.2`, 2);
    await bench.look(NOW);
    assertAll();
    more(NAME, 2);
    await bench.look(NOW);
    assertAll();
  });

  it('without a new one for a while', async () => {
    more(NAME, 2);
    await bench.look();
    more(NAME, 2);
    bench.move(NAME, `${NAME}.1`);
    assert.equal((await bench.look(NOW)).trouble, undefined);
    assert.equal(bench.store.moves.at(-1)!.watermark, bench.deps.now());
    more(NAME, 2);
    await bench.look(NOW);
    assertAll();
  });

  it('several times between two looks', async () => {
    more(NAME, 2);
    await bench.look();
    more(NAME, 2);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 3);
    bench.wait(1_000);
    bench.move(`${NAME}.1`, `${NAME}.2`);
    bench.pack(`${NAME}.2`);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 3);
    await bench.look(NOW);
    assertAll();
    await bench.look(NOW);
    assertAll();
  });

  it('several times before it was seen at all, once there is an intake; what is older is not read', async () => {
    bench.add(`${NAME}.3`, record('cart of long ago'));
    bench.wait(60_000);
    await bench.look();
    more(NAME, 2);
    bench.move(NAME, `${NAME}.2`);
    bench.pack(`${NAME}.2`);
    bench.wait(1_000);
    more(NAME, 2);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 2);
    await bench.look({ limit: 1 });
    bench.move(NAME, `${NAME}.0`);
    more(NAME, 1);
    await bench.look(NOW);
    await bench.look(NOW);
    assertAll();
  });

  it('several times, each packed at once', async () => {
    more(NAME, 2);
    await bench.look();
    for (let turn = 0; turn < 2; turn++) {
      more(NAME, 2);
      bench.wait(1_000);
      if (fs.existsSync(path.join(bench.folder, `${NAME}.1.gz`))) bench.move(`${NAME}.1.gz`, `${NAME}.2.gz`);
      bench.move(NAME, `${NAME}.1`);
      bench.pack(`${NAME}.1`);
    }
    more(NAME, 2);
    await bench.look(NOW);
    assertAll();
    await bench.look(NOW);
    assertAll();
  });

  it('by copying it away and emptying it', async () => {
    more(NAME, 3);
    await bench.look();
    more(NAME, 2);
    bench.copyAway(NAME, `${NAME}.1`);
    more(NAME, 1);
    await bench.look();
    more(NAME, 2);
    bench.copyAway(NAME, `${NAME}-20261120`);
    bench.pack(`${NAME}-20261120`);
    more(NAME, 4);
    await bench.look(NOW);
    assertAll();
  });

  it('by copying it away, grown again beyond what was read', async () => {
    more(NAME, 1);
    await bench.look();
    bench.copyAway(NAME, `${NAME}.1`);
    more(NAME, 30);
    await bench.look(NOW);
    assertAll();
  });

  it('by emptying it below a writer that stays where it was: the hole is no text', async () => {
    more(NAME, 3);
    await bench.look(NOW);
    const { size } = fs.statSync(path.join(bench.folder, NAME));
    bench.copyAway(NAME, `${NAME}.1`);
    bench.write(NAME, new Uint8Array(size));
    more(NAME, 3);
    await bench.look(NOW);
    assertAll();
  });

  it('and packed at once: it is read out of what is packed', async () => {
    more(NAME, 3);
    await bench.look();
    more(NAME, 4);
    bench.move(NAME, `${NAME}.1`);
    bench.pack(`${NAME}.1`);
    more(NAME, 2);
    await bench.look(NOW);
    assertAll();
  });

  it('and packed later, with what its writer still put into it', async () => {
    more(NAME, 3);
    await bench.look();
    bench.move(NAME, `${NAME}.1`);
    bench.add(NAME);
    await bench.look(NOW);
    more(`${NAME}.1`, 2);
    bench.move(`${NAME}.1`, `${NAME}.2`);
    bench.pack(`${NAME}.2`);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 1);
    await bench.look(NOW);
    assertAll();
  });

  it('in the middle of a record: it goes on in the next file', async () => {
    bench.add(NAME, record(1), 'Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy');
    await bench.look();
    bench.move(NAME, `${NAME}.1`);
    bench.add(NAME, '    pay()', 'ValueError: no money', record(2));
    await bench.look(NOW);
    assert.deepEqual(bench.titles(), ['ValueError: no money', 'cart failed: plum']);
  });

  it('and gone before it was read to its end: the bytes are a reject, and once', async () => {
    more(NAME, 3);
    await bench.look(NOW);
    more(NAME, 1);
    bench.remove(NAME);
    n--;
    more(NAME, 2);
    const { rejects } = await bench.look(NOW);
    await bench.look(NOW);
    assert.equal(rejects, 1);
    const [reject] = bench.store.rejects;
    assert.match(reject!.reason, /^rotation took the file away before its end was read/);
    assert.match(reject!.place, /error\.log, from byte 153 on$/);
    assert.deepEqual(bench.titles(), all());
  });

  it('and deleted after it was read: nothing is lost', async () => {
    more(NAME, 3);
    await bench.look(NOW);
    bench.move(NAME, `${NAME}.1`);
    more(NAME, 1);
    await bench.look(NOW);
    bench.remove(`${NAME}.1`);
    more(NAME, 1);
    await bench.look(NOW);
    assertAll();
  });

  it('into a file that has its number on the disk and its first line', async () => {
    bench.add(NAME, 'Traceback (most recent call last):', '  File "/srv/acme/a.py", line 3, in a', 'ValueError: a');
    await bench.look(NOW, { format: 'python' });
    bench.copyAway(NAME, `${NAME}.1`);
    bench.add(NAME, 'Traceback (most recent call last):', '  File "/srv/acme/b.py", line 3, in b', 'ValueError: b');
    await bench.look(NOW, { format: 'python' });
    assert.deepEqual(bench.titles(), ['ValueError: a', 'ValueError: b']);
  });

  it('and packed badly: it is tried three times, then told as lost', async () => {
    more(NAME, 3);
    await bench.look(NOW);
    bench.move(NAME, `${NAME}.1`);
    const more1 = n;
    more(`${NAME}.1`, 400);
    n = more1;
    bench.pack(`${NAME}.1`);
    fs.truncateSync(path.join(bench.folder, `${NAME}.1.gz`), 900);
    bench.add(NAME);
    const troubles: (string | undefined)[] = [];
    for (let look = 0; look < 4; look++) troubles.push((await bench.look(NOW)).trouble);
    assert.deepEqual(
      troubles.map((it) => it?.replace(/.*error/, 'error')),
      [...Array<string>(3).fill('error.log.1.gz is a packed file that breaks off'), undefined],
    );
    assert.equal(bench.store.rejects.length, 1);
  });
});

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
