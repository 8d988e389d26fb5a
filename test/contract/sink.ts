import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { encoding } from './sink-encoding.ts';
import { type Endpoint, itemsFor, send, type Sent, type SinkSubject, times } from './sink-subject.ts';
import { repeating } from './sink-tries.ts';

const NEVER_ACCEPTED: readonly (readonly [string, unknown])[] = [
  ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
  ['an empty body', ''],
  ['broken JSON', '{"success": tr'],
  ['an empty object', {}],
  ['a list', []],
  ['null', 'null'],
  ['a text', '"ok"'],
  ['another shape', { success: false, errors: 'none', requestId: 7, uuid: '' }],
];

/** What every sink must do, whatever it sends to. */
export function sinkContract(subject: SinkSubject): void {
  describe('keeps the contract of sinks', () => {
    encoding(subject);
    for (const endpoint of subject.endpoints) {
      describe(`sending to ${endpoint.name}`, () => {
        accepting(subject, endpoint);
        repeating(subject, endpoint);
        secrets(subject, endpoint);
        ending(subject, endpoint);
      });
    }
  });
}

function accepting(subject: SinkSubject, endpoint: Endpoint): void {
  it('posts exactly the bodies of the items, once, and says of each that it was accepted', async () => {
    const { outcomes, calls, items, deps } = await send(subject, endpoint, [
      endpoint.accepted(itemsFor(subject, endpoint).length),
    ]);
    assert.deepEqual(
      endpoint.bodiesIn(calls[0]?.body),
      items.map(({ body }) => body),
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'accepted'),
    );
    assert.deepEqual(
      new Set(outcomes.map((outcome) => ('ref' in outcome ? outcome.ref : undefined))),
      new Set([endpoint.ref]),
    );
    assert.deepEqual(deps.clock.slept, []);
  });

  for (const [name, body] of NEVER_ACCEPTED) {
    it(`never takes ${name} with a 2xx for a success, and does not send again`, async () => {
      for (const status of [200, 202]) {
        const { outcomes, items } = await send(subject, endpoint, [{ status, body }]);
        assert.deepEqual(
          outcomes.map((outcome) => outcome.status),
          items.map(() => 'uncertain'),
          inspect(outcomes),
        );
      }
    });
  }
}

function secrets(subject: SinkSubject, endpoint: Endpoint): void {
  it('shows no secret in any outcome or log line, whatever the service echoes', async () => {
    const tries = subject.repeatSafe ? 4 : 1;
    for (const secret of subject.secrets) {
      for (const echo of forms(secret)) {
        const bodies: unknown[] = [
          `key ${echo} is bad`,
          `${'x'.repeat(185)} ${echo}`,
          { detail: echo },
          { errors: [echo] },
          { errors: [{ index: '0', error: '2010', description: echo }] },
          { errors: [{ error: 1001, description: `${'x'.repeat(175)} ${echo}` }] },
        ];
        for (const body of bodies) {
          for (const [status, count] of [
            [200, 1],
            [400, 1],
            [401, 1],
            [502, tries],
          ] as const)
            expectClean(await send(subject, endpoint, times(count, { status, body })), secret);
        }
      }
      for (const reply of ['cut', 'refused'] as const)
        expectClean(await send(subject, endpoint, times(reply === 'cut' ? tries : 4, reply)), secret);
    }
  });
}

function ending(subject: SinkSubject, endpoint: Endpoint): void {
  it('sends nothing once the run has ended', async () => {
    const { outcomes, items } = await send(subject, endpoint, [], AbortSignal.abort());
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'failed'),
    );
  });

  it('ends at once when the run ends, and the items in flight are uncertain', async () => {
    const stop = new AbortController();
    const { outcomes, items } = await send(
      subject,
      endpoint,
      [
        () => {
          stop.abort();
          return new Promise<never>(() => undefined);
        },
      ],
      stop.signal,
    );
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'uncertain'),
    );
  });
}

function forms(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

/** NOTE: by its first half: a secret that was cut is still a secret. */
function expectClean({ outcomes, scope }: Sent, secret: string): void {
  const all = [
    inspect(outcomes, { depth: 20, showHidden: true }),
    JSON.stringify(outcomes),
    inspect(scope.log.lines, { depth: 20 }),
    JSON.stringify(scope.log.lines),
  ].join('\n');
  for (const form of forms(secret)) assert.ok(!all.includes(form.slice(0, 10)), all);
}
