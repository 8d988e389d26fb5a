import assert from 'node:assert/strict';
import { bearer, readAccess } from '../../../src/server/http/auth.ts';

const ONE = 'token-0123456789';
const TWO = 'other-0123456789';

describe('the token', () => {
  it('opens when it is one of the active ones, in the Bearer scheme of any case', () => {
    const authorize = bearer([ONE, TWO]);
    for (const header of [`Bearer ${ONE}`, `Bearer ${TWO}`, `bearer ${ONE}`, `BEARER  ${TWO} `])
      assert.equal(authorize({ authorization: header }), true, header);
  });

  it('opens nothing when it is wrong, partial, too long, empty, absent or in another scheme', () => {
    const authorize = bearer([ONE, TWO]);
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      ONE,
      `Basic ${ONE}`,
      `Bearer ${ONE.slice(0, -1)}`,
      `Bearer ${ONE}x`,
      `Bearer x${ONE}`,
      `Bearer ${ONE} ${TWO}`,
      `Bearer ${ONE},${TWO}`,
      `Bearer ${ONE.toUpperCase()}`,
    ]) {
      assert.equal(authorize({ authorization: header }), false, header);
    }
  });

  it('is not asked for when there is none', () => {
    for (const host of ['127.0.0.1:3000', 'localhost', '[::1]:3000']) assert.equal(bearer([])({ host }), true, host);
  });

  it('cannot be done without by a page in a browser on this machine', () => {
    assert.equal(bearer([])({ host: '127.0.0.1:3000', origin: 'https://evil.example' }), false);
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3000', undefined])
      assert.equal(bearer([])({ host }), false, host);
  });
});

describe('a post without tokens that came through a proxy', () => {
  for (const [name, value] of [
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-for', ''],
    ['x-forwarded-host', 'monitor.example.com'],
    ['x-forwarded-proto', 'https'],
    ['x-forwarded', 'for=203.0.113.7'],
    ['forwarded', 'for=203.0.113.7;proto=https'],
    ['via', '1.1 proxy.example.com'],
    ['x-real-ip', '203.0.113.7'],
    ['x-client-ip', '203.0.113.7'],
    ['true-client-ip', '203.0.113.7'],
    ['cf-connecting-ip', '203.0.113.7'],
  ] as const)
    it(`is refused: ${name}: ${value}`, () =>
      assert.equal(bearer([])({ host: '127.0.0.1:3000', [name]: value }), false));

  it('is none for headers of other names, and with a token a proxy is no matter', () => {
    assert.equal(bearer([])({ host: '127.0.0.1:3000', 'x-request-id': '7', 'user-agent': 'curl/8', viax: '1' }), true);
    assert.equal(bearer([ONE])({ authorization: `Bearer ${ONE}`, 'x-forwarded-for': '203.0.113.7' }), true);
  });
});

describe('a token that only reads', () => {
  const basic = (pair: string, scheme = 'Basic'): string => `${scheme} ${Buffer.from(pair).toString('base64')}`;

  const opens = (tokens: readonly string[], authorization: string | undefined): string =>
    readAccess(tokens)({ headers: { authorization, host: '127.0.0.1' }, socket: { remoteAddress: '127.0.0.1' } });

  it('opens as Bearer and as the password of Basic, whatever the name', () => {
    for (const header of [
      `Bearer ${TWO}`,
      basic(`prometheus:${ONE}`),
      basic(`:${TWO}`),
      basic(`x:${ONE}`, 'basic'),
      `${basic(`ü:${ONE}`)} `,
    ])
      assert.equal(opens([ONE, TWO], header), 'yes', header);
    const odd = 'with:colons:0123456789';
    assert.equal(opens([odd], basic(`me:${odd}`)), 'yes');
  });

  it('opens nothing else, on this machine neither', () => {
    for (const header of [
      undefined,
      '',
      'Basic',
      'Basic ',
      basic(ONE),
      basic(`${ONE}:`),
      basic(`${ONE}:${ONE}x`),
      basic(`me:${ONE}\n`),
      basic(`me: ${ONE}`),
      `Basic me:${ONE}`,
      `Bearer ${basic(`me:${ONE}`).slice(6)}`,
      `Digest ${ONE}`,
    ])
      assert.equal(opens([ONE, TWO], header), 'token', header);
  });

  it('is not asked for on this machine when there is none; elsewhere, and behind a proxy, nothing opens', () => {
    const access = readAccess([]);
    const local = { headers: { host: 'localhost' }, socket: { remoteAddress: '127.0.0.1' } };
    assert.equal(access(local), 'yes');
    assert.equal(access({ ...local, socket: { remoteAddress: '203.0.113.9' } }), 'here');
    for (const name of [
      'forwarded',
      'via',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-real-ip',
      'origin',
    ])
      assert.equal(access({ ...local, headers: { ...local.headers, [name]: 'x' } }), 'here', name);
    assert.equal(access({ ...local, headers: { host: 'evil.example.com' } }), 'here');
  });
});
