import assert from 'node:assert/strict';
import { bearer } from '../src/auth.ts';

const ONE = 'token-0123456789';
const TWO = 'other-0123456789';

describe('the token', () => {
  it('opens when it is one of the active ones, in the Bearer scheme of any case', () => {
    const authorize = bearer([ONE, TWO]);
    for (const header of [`Bearer ${ONE}`, `Bearer ${TWO}`, `bearer ${ONE}`, `BEARER  ${TWO} `]) assert.equal(authorize({ authorization: header }), true, header);
  });

  it('opens nothing when it is wrong, partial, too long, empty, absent or in another scheme', () => {
    const authorize = bearer([ONE, TWO]);
    for (const header of [undefined, '', 'Bearer', 'Bearer ', ONE, `Basic ${ONE}`, `Bearer ${ONE.slice(0, -1)}`, `Bearer ${ONE}x`, `Bearer x${ONE}`, `Bearer ${ONE} ${TWO}`, `Bearer ${ONE},${TWO}`, `Bearer ${ONE.toUpperCase()}`]) {
      assert.equal(authorize({ authorization: header }), false, header);
    }
  });

  it('is not asked for when there is none', () => {
    for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000']) assert.equal(bearer([])({ host }), true, host);
  });

  it('cannot be done without by a page in a browser on this machine', () => {
    assert.equal(bearer([])({ host: '127.0.0.1:3000', origin: 'https://evil.example' }), false);
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3000', undefined]) assert.equal(bearer([])({ host }), false, host);
  });
});
