import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Reply } from '../support/build/http-mock.ts';
import { withTimeouts } from '../support/time/timeouts.ts';
import { type Endpoint, itemsFor, send, type SinkSubject, times } from './sink-subject.ts';

/** status, tries when a repeat is safe, tries when not, what is then said of the items */
const STATUSES: readonly (readonly [number, number, number, 'failed' | 'uncertain'])[] = [
  [400, 1, 1, 'failed'],
  [401, 1, 1, 'failed'],
  [403, 1, 1, 'failed'],
  [404, 1, 1, 'failed'],
  [408, 4, 4, 'failed'],
  [413, 1, 1, 'failed'],
  [425, 4, 4, 'failed'],
  [429, 5, 5, 'failed'],
  [500, 4, 4, 'failed'],
  [502, 4, 1, 'uncertain'],
  [503, 4, 4, 'failed'],
  [504, 4, 1, 'uncertain'],
];

/** How often a sink tries, and what it says when nothing helped. */
export function repeating(subject: SinkSubject, endpoint: Endpoint): void {
  const { repeatSafe } = subject;
  for (const [status, safe, other, said] of STATUSES) {
    const tries = repeatSafe ? safe : other;
    it(`${status}: ${tries === 1 ? 'one try' : `${tries} tries`}, then ${said}`, async () => {
      const { outcomes, items, calls } = await send(subject, endpoint, times(tries, { status, body: 'no' }));
      assert.equal(outcomes.length, items.length);
      for (const outcome of outcomes) {
        assert.ok(outcome.status === said && 'fault' in outcome, inspect(outcome));
        assert.deepEqual(
          [outcome.fault.retryable, outcome.fault.tooLarge === true],
          [status >= 500 || [408, 425, 429].includes(status), status === 413],
        );
        assert.ok(outcome.fault.message.startsWith(`${subject.name}: answered ${status}`), outcome.fault.message);
      }
      assert.deepEqual(
        calls.map(({ text }) => text),
        times(tries, calls[0]!.text),
        'every try has the same bytes',
      );
    });
  }

  it('a try that helps is the end of it', async () => {
    const { outcomes, items } = await send(subject, endpoint, [
      { status: 503 },
      'refused',
      endpoint.accepted(itemsFor(subject, endpoint).length),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      items.map(() => 'accepted'),
    );
  });

  it('a refused connection: 4 tries, then failed', async () => {
    const { outcomes } = await send(subject, endpoint, times(4, 'refused'));
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['failed']);
  });

  it(`a cut connection: ${repeatSafe ? '4 tries' : 'one try'}, then uncertain`, async () => {
    const { outcomes } = await send(subject, endpoint, times(repeatSafe ? 4 : 1, 'cut'));
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['uncertain']);
  });

  it(`no answer in time: ${repeatSafe ? '4 tries' : 'one try'}, then uncertain`, () =>
    withTimeouts(async ({ asked, expire }) => {
      const hang: Reply = () => {
        expire();
        return new Promise<never>(() => undefined);
      };
      const { outcomes } = await send(subject, endpoint, times(repeatSafe ? 4 : 1, hang));
      assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ['uncertain']);
      assert.ok(
        asked.every((ms) => ms >= 10_000 && ms <= 60_000),
        String(asked),
      );
    }));
}
