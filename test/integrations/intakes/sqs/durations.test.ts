import assert from 'node:assert/strict';
import { type AwsDouble, startAws } from '../../../../sandbox/aws/server.ts';
import { createSqs } from '../../../../src/integrations/intakes/sqs/intake.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { createBookStore } from '../../../support/intakes/book-store.ts';
import { sentryEvent } from '../../../support/intakes/sentry-event.ts';
import { createClock } from '../../../support/time/clock.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret',
};

describe('durations in messages of a queue', () => {
  const clock = createClock((ms) => ms === 60_000);
  let aws: AwsDouble;
  before(async () => {
    Object.assign(process.env, KEYS);
    aws = await startAws({ now: clock.now, sleep: async (ms) => clock.advance(ms) });
  });
  after(async () => {
    for (const name of Object.keys(KEYS)) delete process.env[name];
    await aws.close();
  });

  const take = async (timings: readonly string[]) => {
    const settings = { queue: aws.addressOf('errors'), buckets: undefined, create: false, tries: 3, timings };
    const store = createBookStore();
    await createSqs(settings, depsOf(clock, []), 'shop').take(
      store,
      {},
      scopeOf({ deadline: clock.now() + 3_600_000 }),
    );
    return store.events.map(({ id, took }) => [id, took]).toSorted();
  };

  it('are those of its message, else of its title, else of what else it says', async () => {
    for (const body of [
      sentryEvent({ eventID: 'a', message: 'Cart took 153 ms to complete', title: 'Cart took 9 ms' }),
      sentryEvent({ eventID: 'b', message: 'slow', title: 'Cart took 20 ms' }),
      sentryEvent({ eventID: 'c', message: 'slow', title: 'slow', metadata: { value: 'in 2 s' } }),
      sentryEvent({ eventID: 'd', message: 'slow', title: 'slow', metadata: {} }),
    ])
      aws.queue('errors').send(JSON.stringify(body));
    assert.deepEqual(await take(['(?P<name>\\w+) took (?P<ms>\\d+) ms', 'in (?P<s>\\d+) s']), [
      ['a', { name: 'Cart', ms: 153 }],
      ['b', { name: 'Cart', ms: 20 }],
      ['c', { name: 'all', ms: 2_000 }],
      ['d', undefined],
    ]);
  });

  it('are looked for by good patterns alone', async () => {
    await assert.rejects(take(['(?=x)']), /timings: no pattern that can be used: .*; write it in the syntax of RE2/);
  });
});
