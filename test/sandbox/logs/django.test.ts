import assert from 'node:assert/strict';
import { djangoRecords } from '../../../sandbox/logs/django.ts';

const AT = Date.UTC(2026, 10, 20, 10, 2);
const HOUR = 3_600_000;

describe('a lively log of Django', () => {
  it('is the same for the same span, in order, and in parts what it is as a whole', () => {
    const all = djangoRecords(AT - HOUR, AT, false);
    assert.deepEqual(djangoRecords(AT - HOUR, AT, false), all);
    assert.deepEqual(
      [...djangoRecords(AT - HOUR, AT - 777_000, false), ...djangoRecords(AT - 777_000, AT, false)],
      all,
    );
    const times = all.map((text) => /^ERROR (2026-11-20 \d\d:\d\d:\d\d) \S+\.py \w+ \d+ \S/.exec(text)![1]!);
    assert.deepEqual(times.toSorted(), times);
    assert.ok(all.every((text) => text.endsWith('\n') && (text.match(/^ERROR /gm) ?? []).length === 1));
    assert.ok(all.some((text) => text.includes('\nTraceback (most recent call last):\n')));
  });

  it('has more of all at its end when it surges, and one that is new', () => {
    const [calm, surge] = [false, true].map((surges) => djangoRecords(AT - HOUR, AT, surges));
    assert.ok(surge!.length > calm!.length + 5);
    const isNew = (text: string): boolean => text.includes('During handling of the above exception');
    assert.deepEqual([calm!.some(isNew), surge!.some(isNew)], [false, true]);
  });
});
