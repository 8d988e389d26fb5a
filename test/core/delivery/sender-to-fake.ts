import { type BatchSender, createBatchSender, LINGER_MS } from '../../../src/core/delivery/batch-sender.ts';
import type { Item } from '../../../src/core/model/item.ts';
import { fakeSink, type FakeSink, type FakeSinkOptions } from '../../support/build/fakes.ts';
import { scopeOf, type TestScope } from '../../support/build/scope.ts';
import { type Clock, createClock } from '../../support/time/clock.ts';

export interface Stage {
  readonly sink: FakeSink;
  readonly clock: Clock;
  readonly scope: TestScope;
  readonly delivery: BatchSender;
  readonly stop: AbortController;
}

export function setUp(
  options: FakeSinkOptions = {},
  isHeld: (ms: number) => boolean = (ms) => ms === LINGER_MS,
  areOurs = async (some: readonly Item[]): Promise<readonly boolean[]> => some.map(() => true),
): Stage {
  const sink = fakeSink({ limits: { items: 3, bytes: 1000 }, ...options });
  const clock = createClock(isHeld);
  const stop = new AbortController();
  const scope = scopeOf({ signal: stop.signal });
  return { sink, clock, scope, stop, delivery: createBatchSender(sink, scope, { ...clock, areOurs }) };
}

export function items(...names: string[]): Item[] {
  return names.map((name) => ({ key: name, body: { name } }));
}
