import assert from 'node:assert/strict';
import { type ActName, doAct, type Fields, type PageActs } from '../../../../src/server/pages/act/acts.ts';
import { isProof, proofFor } from '../../../../src/server/pages/act/forgery.ts';
import { isOwnOrigin } from '../../../../src/server/pages/act/origin.ts';
import { userOf } from '../../../../src/server/pages/act/user.ts';
import { basic } from '../../../support/pages/read-page.ts';

const ANN = { name: 'ann', token: 'ann-token-0123456789' };
const BOB = { name: 'Bob', token: 'bob-token-0123456789' };
const DAY = 86_400_000;
/** Ten minutes before midnight, UTC. */
const NOW = Date.UTC(2026, 10, 20, 23, 50);

describe('the proof in a form', () => {
  it('is of this person, and of today or yesterday', () => {
    const proof = proofFor(ANN, NOW);
    for (const at of [NOW, NOW - (NOW % DAY), NOW + 600_001, NOW - (NOW % DAY) + 2 * DAY - 1])
      assert.equal(isProof(proof, ANN, at), true, new Date(at).toISOString());
    assert.equal(isProof(proof, ANN, NOW - (NOW % DAY) + 2 * DAY), false, 'the day after tomorrow');
    assert.equal(isProof(proof, ANN, NOW - DAY), false, 'before it was made');
    assert.equal(isProof(proof, BOB, NOW), false);
    assert.equal(isProof(proof, { ...ANN, token: BOB.token }, NOW), false);
    assert.equal(isProof(proof, { ...ANN, name: 'anna' }, NOW), false);
  });

  it('is nothing else', () => {
    const proof = proofFor(ANN, NOW);
    for (const given of ['', proof.slice(1), `${proof}x`, ` ${proof}`, undefined, null, 7, [proof], { proof }])
      assert.equal(isProof(given, ANN, NOW), false, JSON.stringify(given));
    assert.doesNotMatch(proof, /ann|token/);
  });
});

describe('where a post comes from', () => {
  const own = (headers: Readonly<Record<string, string>>, url?: string): boolean =>
    isOwnOrigin({ host: 'monitor.example.com', ...headers }, url);

  it('is the host that it is sent to, or the address that people use', () => {
    assert.equal(own({ origin: 'https://monitor.example.com' }), true);
    assert.equal(own({ origin: 'http://monitor.example.com' }), true);
    assert.equal(own({ origin: 'https://monitor.example.com', 'sec-fetch-site': 'same-origin' }), true);
    assert.equal(own({ host: '10.0.0.7:3000', origin: 'https://m.example.com' }, 'https://m.example.com/x'), true);
    assert.equal(own({ host: 'Monitor.Example.com', origin: 'https://monitor.example.com' }), true);
  });

  it('is from elsewhere when it says anything else, or nothing', () => {
    const headersOf: readonly Readonly<Record<string, string>>[] = [
      {},
      { origin: 'null' },
      { origin: '' },
      { origin: 'monitor.example.com' },
      { origin: 'https://monitor.example.com.evil.example.com' },
      { origin: 'https://monitor.example.com:8443' },
      { origin: 'https://evil.example.com' },
      { origin: 'https://monitor.example.com', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://monitor.example.com', 'sec-fetch-site': 'same-site' },
      { origin: 'https://monitor.example.com', 'sec-fetch-site': 'none' },
    ];
    for (const headers of headersOf) assert.equal(own(headers), false, JSON.stringify(headers));
    assert.equal(isOwnOrigin({ origin: 'https://monitor.example.com' }, undefined), false, 'no host at all');
    assert.equal(own({ host: 'a.example.com', origin: 'https://b.example.com' }, 'https://c.example.com'), false);
  });
});

describe('who acts', () => {
  const who = userOf([ANN, BOB]);
  it('is known by name and token together', () => {
    assert.equal(who(basic('ann', ANN.token))?.name, 'ann');
    assert.equal(who(basic('bob', BOB.token))?.name, 'Bob', 'a name in any case');
    for (const headers of [
      basic('ann', BOB.token),
      basic('bob', ANN.token),
      basic('', ANN.token),
      basic('ann', ''),
      basic('ann', `${ANN.token}x`),
      { authorization: `Bearer ${ANN.token}` },
      { authorization: 'Basic' },
      { authorization: `Basic ${Buffer.from(`ann${ANN.token}`).toString('base64')}` },
      {},
    ])
      assert.equal(who(headers), undefined, JSON.stringify(headers));
    assert.equal(userOf([])(basic('', '')), undefined, 'nobody may act');
  });
});

describe('what a form asks for', () => {
  const ask = async (act: ActName, fields: Fields): Promise<unknown> => {
    let asked: unknown;
    const note =
      (name: string) =>
      async (...given: readonly unknown[]) => {
        asked = [name, ...given];
        return { target: 'x' };
      };
    const acts: PageActs = {
      mute: note('mute'),
      unmute: note('unmute'),
      hide: note('hide'),
      acknowledge: note('acknowledge'),
      sendAgain: note('sendAgain'),
      about: async () => null,
    };
    assert.deepEqual(await doAct(act, fields, 'ann', acts), { target: 'x' });
    return asked;
  };

  it('is done to what it names, by who asks', async () => {
    const all = { mute: 'm', alert: 'a', message: 'e' };
    assert.deepEqual(await ask('unmute', all), ['unmute', 'm', 'ann']);
    assert.deepEqual(await ask('acknowledge', all), ['acknowledge', 'a', 'ann']);
    assert.deepEqual(await ask('send-again', all), ['sendAgain', 'e', 'ann']);
    assert.deepEqual(await ask('unmute', {}), ['unmute', '', 'ann']);
    assert.deepEqual(await ask('hide', { issue: '7', end: '7d', why: ' old ' }), [
      'hide',
      { issue: '7', length: '7d', why: 'old' },
      'ann',
    ]);
  });

  it('mutes in the words of a file', async () => {
    const words = async (fields: Fields): Promise<unknown> => ((await ask('mute', fields)) as readonly unknown[])[1];
    assert.deepEqual(await words({ kind: 'filter', name: ' shop ', end: '4h', why: ' we move ' }), {
      ...{ filter: 'shop', for: '4h', why: 'we move' },
    });
    assert.deepEqual(await words({ kind: 'all', name: 'ignored', end: '1h', why: 'x' }), {
      ...{ all: 'true', for: '1h', why: 'x' },
    });
    assert.deepEqual(await words({ kind: 'issue', name: '7', end: 'resolved', why: '' }), {
      ...{ issue: '7', resolved: 'true' },
    });
    assert.deepEqual(await words({ kind: 'why', name: 'x', end: '1h', why: 'x' }), { for: '1h', why: 'x' });
  });
});
