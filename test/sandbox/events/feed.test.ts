import assert from 'node:assert/strict';
import { eventsOf } from '../../../sandbox/events/event-input.ts';
import { createEventStore } from '../../../sandbox/events/event-store.ts';
import type { SandboxEvent } from '../../../sandbox/index.ts';
import { at, id, NOW, TEN } from '../support.ts';

const WINDOW = { start: TEN, end: TEN + 300_000 };
const ALL = (): boolean => false;

function made(digit: string, seconds: number, arrivedAt = TEN + seconds * 1000): SandboxEvent[] {
  return eventsOf({ ...at(seconds, { project: 'web', id: id(digit) }), arrivedAt }, '101', 0);
}

describe('sandbox: the feed of a project', () => {
  const store = createEventStore(() => undefined);
  const { feed } = store;
  beforeEach(() => {
    store.clear();
    store.add([...made('1', 1), ...made('3', 3), ...made('2', 2, NOW + 5000)]);
  });

  const ids = (list: readonly SandboxEvent[]): string[] => list.map((event) => event.id);

  it('is the same list until an event arrives, is added or the clock goes back', () => {
    const first = feed.span('101', 'time', WINDOW, NOW);
    assert.deepEqual(ids(first), [id('3'), id('1')]);
    assert.equal(feed.span('101', 'time', WINDOW, NOW + 4999), first);
    const later = feed.span('101', 'time', WINDOW, NOW + 5000);
    assert.deepEqual(ids(later), [id('3'), id('2'), id('1')]);
    assert.equal(feed.span('101', 'time', WINDOW, NOW + 3_600_000), later);
    assert.deepEqual(ids(feed.span('101', 'time', WINDOW, NOW)), [id('3'), id('1')]);
    store.add(made('4', 4));
    assert.deepEqual(ids(feed.span('101', 'time', WINDOW, NOW)), [id('4'), id('3'), id('1')]);
    assert.deepEqual(ids(first), [id('3'), id('1')], 'a list that was given out does not change');
  });

  it('is in either order, by what is in the span in that order', () => {
    store.add(made('9', 299, TEN + 301_000));
    assert.deepEqual(ids(feed.newest('101', 'arrival', NOW + 5000, ALL)), [id('2'), id('9'), id('3'), id('1')]);
    assert.deepEqual(ids(feed.span('101', 'time', WINDOW, NOW + 5000)), [id('9'), id('3'), id('2'), id('1')]);
    assert.deepEqual(ids(feed.span('101', 'arrival', WINDOW, NOW + 5000)), [id('3'), id('1')]);
    assert.deepEqual(feed.newest('102', 'time', NOW, ALL), []);
  });

  it('takes in many at once and few one by one, wherever they belong', () => {
    const order = [50, 7, 90, 3, 61, 12, 88, 45, 29, 70, 33, 99, 21, 5, 77, 64, 18, 81, 40, 56];
    for (const size of [1, 2, 20]) {
      store.clear();
      for (let i = 0; i < order.length; i += size) {
        store.add(
          order.slice(i, i + size).flatMap((seconds) => eventsOf(at(seconds, { project: 'web' }), '101', seconds)),
        );
        feed.newest('101', 'time', NOW, ALL);
      }
      const seconds = feed.newest('101', 'time', NOW, ALL).map((event) => (event.at - TEN) / 1000);
      assert.deepEqual(
        seconds,
        [99, 90, 88, 81, 77, 70, 64, 61, 56, 50, 45, 40, 33, 29, 21, 18, 12, 7, 5, 3],
        String(size),
      );
    }
  });
});
