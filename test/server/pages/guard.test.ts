import assert from 'node:assert/strict';
import express from 'express';
import request from 'supertest';
import { createAuthLimits } from '../../../src/server/http/auth-limit.ts';
import { createGuard } from '../../../src/server/pages/guard.ts';
import { textIn } from '../../support/pages/read-page.ts';

const ANN = { name: 'ann', token: '0123456789abcdef' };
const TOKEN = 'fedcba9876543210';

describe('who may look at pages', () => {
  const refusal = async (token: string | undefined, users: readonly (typeof ANN)[]): Promise<string> => {
    const failures = createAuthLimits(() => 0, { warn: () => undefined }).of('look');
    const { look } = createGuard({ token, users }, failures);
    const { status, text } = await request(express().get('/', look)).get('/');
    return `${status} ${textIn(text)}`;
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
