import assert from 'node:assert/strict';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGuard } from '../../../src/server/pages/guard.ts';
import { textIn } from '../../support/pages/read-page.ts';

const ANN = { name: 'ann', token: '0123456789abcdef' };
const TOKEN = 'fedcba9876543210';

describe('who may look at pages', () => {
  const refusal = async (token: string | undefined, users: readonly (typeof ANN)[]): Promise<string> => {
    const { look } = createGuard({ token, users, now: () => 0, log: { warn: () => undefined } });
    const server = createServer(express().get('/', look));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      return `${answer.status} ${textIn(await answer.text())}`;
    } finally {
      server.close();
    }
  };

  it('is told what to log in with: that which there is', async () => {
    const [any, own] = [
      'any user name and the value of PAGE_TOKEN as password',
      'your own name and token, as PAGE_USERS',
    ];
    const [token, name, either] = [
      await refusal(TOKEN, []),
      await refusal(undefined, [ANN]),
      await refusal(TOKEN, [ANN]),
    ];
    for (const text of [token, name, either]) assert.match(text, /^401 .*This page asks for a password\./);
    assert.deepEqual(
      [token, name, either].map((text) => [text.includes(any), text.includes(own)]),
      [
        [true, false],
        [false, true],
        [true, true],
      ],
    );
  });
});
