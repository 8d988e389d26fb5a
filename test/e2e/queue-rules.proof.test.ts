import assert from 'node:assert/strict';
import { openQueueBench, type QueueBench, withKeys } from '../support/intakes/queue-bench.ts';
import { sevenDays } from '../support/intakes/seven-days.ts';

describe('rules over a queue, every event through it', () => {
  withKeys();
  let bench: QueueBench;
  beforeEach(async () => {
    bench = await openQueueBench();
  });
  afterEach(() => bench.close());

  it('top: ten mails, and nine with 200 in the place of 201; nothing is left in the queues', async () => {
    const intakes = ['shop', 'other'];
    const { told } = await sevenDays(bench, async ({ intake, events }) => bench.put(intake, ...events), intakes);
    const subjects = (name: string) => told(name).map(({ subject }) => subject);
    const wanted = (name: string, count: number) =>
      Array.from({ length: count }, (_, n) => `top-of-${name}: Error: trouble ${n + 1}`);
    assert.deepEqual([subjects('shop'), subjects('other')], [wanted('shop', 10), wanted('other', 9)]);
    assert.deepEqual(
      intakes.map((name) => [bench.aws.queue(name).all().length, bench.aws.queue(name).deleted()]),
      [
        [0, 4_300],
        [0, 4_299],
      ],
    );
  });
});
