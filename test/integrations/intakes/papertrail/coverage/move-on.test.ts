import assert from 'node:assert/strict';
import { moveOn } from '../../../../../src/integrations/intakes/papertrail/coverage/move-on.ts';
import { scopeOf, type TestScope } from '../../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../../support/intakes/book-store.ts';

const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 20, 10);

describe('hours whose archive did not come', () => {
  let [now, store, scope]: [number, BookStore, TestScope] = [0, createBookStore(), scopeOf()];
  beforeEach(() => {
    now = TEN;
    store = createBookStore(() => now);
    scope = scopeOf();
  });

  const read = async (...hours: readonly string[]): Promise<void> => {
    await store.objects.want(
      'manager',
      hours.map((hour) => `logs/dt=2026-11-20/2026-11-20-${hour}.tsv.gz`),
    );
    for (const _ of hours)
      await store.objects.settle('manager', (await store.objects.claim('manager', 1))!, { status: 'read', state: null });
  };
  const move = (): Promise<void> => moveOn({ name: 'manager', store, scope, now: () => now });
  const missing = () => store.moves.at(-1)!.missing;

  it('are a gap at once, told once after three hours, and after a day they had no lines', async () => {
    await read('07', '09');
    await move();
    assert.deepEqual([missing(), scope.log.lines], [[{ start: TEN - 2 * HOUR, end: TEN - HOUR }], []]);
    now = TEN + 2 * HOUR;
    for (let n = 0; n < 3; n++) await move();
    assert.deepEqual(scope.log.lines.map(({ text, fields }) => [text, fields]), [
      [
        'archives missing',
        { intake: 'manager', missing: ['2026-11-20T08:00:00.000Z to 2026-11-20T09:00:00.000Z'], count: 1 },
      ],
    ]);
    now = TEN + 23 * HOUR;
    await move();
    assert.deepEqual([missing(), scope.log.lines.length], [[], 1]);
  });

  it('are no gap any more once they are read, and those of later are told by themselves', async () => {
    await read('05', '07', '09');
    now = TEN + 2 * HOUR;
    await move();
    assert.equal((scope.log.lines[0]!.fields['missing'] as unknown[]).length, 2);
    await read('06', '08');
    await move();
    assert.deepEqual(missing(), []);
    await read('11');
    now = TEN + 5 * HOUR;
    await move();
    assert.deepEqual(scope.log.lines[1]!.fields['missing'], ['2026-11-20T10:00:00.000Z to 2026-11-20T11:00:00.000Z']);
  });

  it('leave a position that was never written as it is: nothing is known', async () => {
    await move();
    const { watermark, since } = store.moves[0]!;
    assert.deepEqual([watermark, since, missing()], [null, undefined, undefined]);
  });
});
