import assert from 'node:assert/strict';
import { readMessage, type ReadDeps } from '../../../../src/integrations/intakes/sqs/read-message.ts';
import { sentryEvent } from '../../../support/intakes/sentry-event.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 5);
const EVENT = JSON.stringify(sentryEvent());

/** A message whose objects are those; null: one is not there. */
async function read(body: object | string, objects: readonly (string | null)[] = [], given: Partial<ReadDeps> = {}) {
  const left = [...objects];
  const deps: ReadDeps = {
    ...{ endpoint: undefined, buckets: [], tries: 3, now: () => NOW },
    objects: async () => ({
      read: async () => {
        const next = left.shift()!;
        if (next === null) return null;
        return next === 'large' ? { tooLarge: true } : { text: next };
      },
      close: () => undefined,
    }),
    ...given,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const message = { id: 'm', handle: 'h', text, sentAt: null, receives: 1, isBroken: false };
  const { events, rejects, stays } = await readMessage(message, deps, new AbortController().signal);
  return [events.length, rejects.map(({ id, reason }) => `${id} ${reason}`), stays];
}

const records = (...keys: readonly string[]) => ({
  Records: keys.map((key) => ({
    ...{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'b' }, object: { key } } },
  })),
});

describe('a message of a queue', () => {
  it('brings an event, or tries whether it arrives', async () => {
    assert.deepEqual(await read(EVENT), [1, [], null]);
    assert.deepEqual(await read({ Service: 'Amazon S3', Event: 's3:TestEvent' }), [0, [], null]);
    assert.deepEqual(await read('{x'), [0, ['m no JSON'], null]);
  });

  it('brings what lies in an object, or says why not', async () => {
    assert.deepEqual(await read(records('k'), [EVENT]), [1, [], null]);
    assert.deepEqual(await read(records('k'), ['large']), [0, ['m object k of bucket b is too large'], null]);
    assert.deepEqual(await read(records('k'), ['{x']), [0, ['m object k of bucket b: no JSON'], null]);
    assert.deepEqual(await read(records('k'), [null]), [0, [], 'object k of bucket b is not there']);
    assert.deepEqual(await read(records('k'), [], { buckets: ['c'] }), [
      0,
      ["m bucket b is none of this intake's"],
      null,
    ]);
  });

  it('with several objects says of each what is wrong with it', async () =>
    assert.deepEqual(await read(records('k', 'l', 'n'), [EVENT, '{x', 'large']), [
      ...[1, ['m/1 object l of bucket b: no JSON', 'm/2 object n of bucket b is too large'], null],
    ]));
});
