import assert from 'node:assert/strict';
import type dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import { AddressRefused, guardedLookup } from '../../../src/platform/http/guarded-lookup.ts';
import { depsOf } from '../../support/build/deps.ts';
import { scopeOf } from '../../support/build/scope.ts';

type Done = (error: Error | null, found: unknown, family?: number) => void;

/** A name server that has these addresses. */
function resolving(...addresses: readonly string[]): typeof dns.lookup {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return ((_host: string, _options: object, done: Done) => done(null, found)) as never;
}

const guard = (address: string) => (address.startsWith('10.') ? 'is not allowed' : null);

function lookUp(host: string, all: boolean, ...addresses: readonly string[]): Promise<unknown> {
  const lookup = guardedLookup('https://hooks.example.com/in', guard, resolving(...addresses));
  return new Promise((done) => lookup(host, { all }, (error, found, family) => done(error ?? [found, family])));
}

describe('a lookup that is guarded', () => {
  it('gives what was looked at, in the form that is asked for', async () => {
    assert.deepEqual(await lookUp('hooks.example.com', false, '192.0.2.1', '192.0.2.2'), ['192.0.2.1', 4]);
    assert.deepEqual(await lookUp('hooks.example.com', true, '192.0.2.1'), [
      [{ address: '192.0.2.1', family: 4 }],
      undefined,
    ]);
  });

  it('refuses a host of which one address is bad', async () => {
    const refused = await lookUp('hooks.example.com', true, '192.0.2.1', '10.0.0.1');
    assert.ok(refused instanceof AddressRefused && refused.message === 'its address 10.0.0.1 is not allowed');
  });

  it('lets a proxy be, which is another host', async () => {
    assert.deepEqual(await lookUp('proxy.internal', false, '10.0.0.1'), ['10.0.0.1', 4]);
  });

  for (const host of ['127.0.0.1', 'localhost']) {
    it(`asks nobody at ${host} when its address may not be asked, on any try`, async () => {
      let asked = 0;
      const server = createServer((_request, answer) => {
        asked++;
        answer.end();
      });
      await new Promise<void>((done) => server.listen(0, done));
      const request = {
        service: 'hook',
        method: 'POST',
        url: `http://${host}:${(server.address() as AddressInfo).port}/`,
        headers: {},
        timeoutMs: 10_000,
        repeatSafe: false,
        secrets: [],
        scope: scopeOf(),
      } as const;
      const { http } = depsOf();
      await assert.rejects(
        http({ ...request, guard: () => 'is not allowed' }),
        (error) =>
          error instanceof UpstreamError &&
          /^hook: not asked, its address (127\.0\.0\.1|::1) is not allowed$/.test(error.message) &&
          !error.facts.retryable &&
          error.facts.maybeStored !== true,
      );
      assert.equal(asked, 0);
      assert.equal((await http({ ...request, guard: () => null })).status, 200);
      await new Promise((done) => server.close(done));
    });
  }
});
