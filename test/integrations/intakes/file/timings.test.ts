import assert from 'node:assert/strict';
import { mergeTimings } from '../../../../src/core/logs/timings/merge.ts';
import { openTailBench, record, type TailBench } from '../../../support/intakes/tail-bench.ts';

const TIMINGS = ['(?P<name>\\w+) took (?P<ms>\\d+) ms'];
const NAME = 'error.log';

describe('durations in a log file', () => {
  let bench: TailBench & { close(): void };
  beforeEach(() => (bench = openTailBench()));
  afterEach(() => bench.close());

  const look = () => bench.look({ openAfterMs: 0 }, { timings: TIMINGS, level: 'error' });
  const line = (n: number): string => `INFO 2026-11-20 10:00:0${n % 10},000 Cart${n % 2} took ${n * 10} ms`;
  const counted = () => {
    const parts = bench.store.timings.flatMap(({ timings }) => timings);
    return mergeTimings(parts.map((part) => ({ ...part, project: 'shop' }))).map(({ name, count, sum }) => [
      name,
      count,
      sum,
    ]);
  };

  it('are counted once, however the file is looked at, over a rotation too', async () => {
    const text = `${[1, 2, 3, 4, 5, 6, 7].map(line).join('\n')}\n`;
    for (let at = 0; at < text.length; at += 37) {
      bench.write(NAME, text.slice(at, at + 37));
      await look();
    }
    bench.add(NAME, record(1), line(8));
    bench.move(NAME, `${NAME}.1`);
    bench.add(NAME, line(9));
    await look();
    await look();
    assert.deepEqual(counted(), [
      ['Cart1', 5, 250],
      ['Cart0', 4, 200],
    ]);
    assert.deepEqual(bench.titles(), ['cart failed: pear']);
  });

  it('are stored with the place that they were read from, each under its own name', async () => {
    bench.add(NAME, line(1));
    await look();
    bench.add(NAME, line(2));
    await look();
    const parts = bench.store.timings as readonly { readonly part: string; readonly after?: string | null }[];
    assert.equal(new Set(parts.map(({ part }) => part)).size, parts.length);
    const places = bench.store.moves.map(({ position }) => position);
    assert.deepEqual(
      parts.map(({ after }) => after),
      [null, ...places.slice(0, -1)],
    );
  });

  it('are none where no pattern asks for them', async () => {
    bench.add(NAME, line(1));
    await bench.look({ openAfterMs: 0 }, { level: 'error' });
    assert.deepEqual(bench.store.timings, []);
  });

  it('are beside remarks on what was read, which are kept with their place', async () => {
    bench.add(NAME, record(1), 'ERROR is no header');
    await look();
    const [note] = bench.store.notes;
    assert.match(note!.reason, /^it begins with the word of a level/);
    assert.match(note!.place, /error\.log, at \d+$/);
    assert.equal(note!.text, 'ERROR is no header');
    await look();
    assert.equal(bench.store.notes.length, 1);
  });
});
