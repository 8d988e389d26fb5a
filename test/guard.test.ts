import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { checkMocks } from './support/build/http-mock.ts';

describe('a test that connects to another machine', () => {
  for (const [how, open] of [
    ['a port and a host', () => connect(9, '192.0.2.1')],
    ['options', () => connect({ port: 9, host: '192.0.2.1' })],
  ] as const)
    it(`is refused and fails, by ${how}`, async () => {
      const [error] = (await once(open(), 'error')) as [Error];
      assert.equal(error.message, 'tests connect to this machine only, not to 192.0.2.1');
      assert.throws(checkMocks, /1 requests without a mock .*\na connection to 192\.0\.2\.1$/);
    });
});
