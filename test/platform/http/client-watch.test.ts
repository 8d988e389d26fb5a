import assert from 'node:assert/strict';
import { createHttp, type HttpRequest } from '../../../src/platform/http/client.ts';
import { mock, type Reply } from '../../support/build/http-mock.ts';
import { busy, OK, SERVICE_URL } from '../../support/build/http-send.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { createClock } from '../../support/time/clock.ts';

describe('http: who watches', () => {
  interface Watched {
    readonly tries: readonly (readonly [string, number | null, boolean])[];
    readonly waits: readonly number[];
    readonly slept: readonly number[];
  }

  async function watch(replies: readonly Reply[], given: Partial<HttpRequest> = {}): Promise<Watched> {
    mock({ url: SERVICE_URL }, ...replies);
    const clock = createClock();
    const seen = { tries: [] as [string, number | null, boolean][], waits: [] as number[] };
    const http = createHttp({
      ...clock,
      random: () => 0,
      userAgent: 'x/1',
      watch: {
        tried: (...it) => void seen.tries.push(it),
        waited: (service, ms) => void (assert.equal(service, 'svc'), seen.waits.push(ms)),
      },
    });
    await http({
      service: 'svc',
      method: 'GET',
      url: SERVICE_URL,
      headers: {},
      timeoutMs: 7000,
      repeatSafe: true,
      secrets: [],
      scope: scopeOf(),
      ...given,
    }).catch(() => undefined);
    return { ...seen, slept: clock.slept };
  }

  it('is told of every try: its status, or that there was no answer, and whether it was a repetition', async () => {
    const { tries, waits } = await watch([{ status: 503 }, 'cut', 'refused', { status: 200 }]);
    assert.deepEqual(tries, [
      ['svc', 503, false],
      ['svc', null, true],
      ['svc', null, true],
      ['svc', 200, true],
    ]);
    assert.deepEqual(waits, [], 'these are no limits');
  });

  it('is told of waits that a limit asked for, once they are over', async () => {
    const { tries, waits, slept } = await watch([busy({ 'Retry-After': '7' }), { status: 500 }, busy({}), OK]);
    assert.deepEqual(
      tries.map(([, status]) => status),
      [429, 500, 429, 200],
    );
    assert.deepEqual(
      [waits, slept],
      [
        [7000, 10_000],
        [7000, 1000, 10_000],
      ],
    );
  });

  it('is told of no wait that was not begun', async () => {
    const { tries, waits } = await watch([busy({ 'Retry-After': '9999999' })]);
    assert.deepEqual([tries.length, waits], [1, []]);
  });

  for (const [name, replies] of [
    ['trouble', [{ status: 503 }, { status: 503 }]],
    ['limits', [busy({}), busy({})]],
    ['both', [{ status: 503 }, busy({})]],
  ] as const) {
    it(`a request of two tries gives up after the second: ${name}`, async () => {
      assert.equal((await watch(replies, { tries: 2 })).tries.length, 2);
    });
  }
});
