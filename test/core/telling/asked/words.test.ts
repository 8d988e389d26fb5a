import assert from 'node:assert/strict';
import { bounded, checkKeys, countOf, quoted, textOf } from '../../../../src/core/telling/asked/words.ts';
import { readMute } from '../../../../src/core/telling/mutes/read-mute.ts';

const NOW = Date.UTC(2026, 10, 20, 10);

describe('words of who asks', () => {
  it('are texts of one line and of a length', () => {
    assert.equal(textOf({ a: ' x ' }, 'a'), 'x');
    assert.equal(textOf({ a: 7 }, 'a'), '7');
    assert.equal(textOf({}, 'a'), undefined);
    for (const a of [true, null, 1.5, ['x']]) assert.throws(() => textOf({ a }, 'a'), { message: 'a must be a text' });
    assert.throws(() => bounded('why', '', 5), { message: 'why is empty; write it' });
    assert.throws(() => bounded('why', 'longer', 5), { message: 'why has more than 5 characters; write less' });
    assert.throws(() => bounded('why', 'a\nb', 5), { message: 'why must be on one line, without control characters' });
  });

  it('are numbers from 1 to a limit, also as text', () => {
    assert.deepEqual([countOf({ n: 5 }, 'n', 9), countOf({ n: '9' }, 'n', 9)], [5, 9]);
    for (const n of [0, 10, 1.5, 'x', '-1', null, undefined, '99999999999'])
      assert.throws(() => countOf({ n }, 'n', 9), { message: 'n must be a whole number from 1 to 9' });
  });

  it('that nobody knows are named, shortly', () => {
    assert.throws(() => checkKeys({ a: 1, b: 2 }, ['a']), { message: '"b" is not known; there are a' });
    assert.equal(quoted('x'.repeat(70)), `"${'x'.repeat(60)}…"`);
  });
});

describe('a mute that somebody asks for', () => {
  const known = { filters: [{ name: 'crm', alerts: [] }], channels: ['ops'] };
  const until = (words: object) => readMute({ filter: 'crm', why: 'x', ...words }, known, NOW).until;

  it('ends after a day, or as is said', () => {
    assert.deepEqual(until({}), { kind: 'instant', at: NOW + 86_400_000 });
    assert.deepEqual(until({ for: '2h' }), { kind: 'instant', at: NOW + 7_200_000 });
    assert.deepEqual(until({ until: '2026-11-20T11:00:00Z' }), { kind: 'instant', at: NOW + 3_600_000 });
    assert.deepEqual(until({ events: 500 }), { kind: 'events', count: 500 });
    assert.deepEqual(until({ release: '1.2' }), { kind: 'release', name: '1.2' });
    assert.deepEqual(until({ resolved: true }), { kind: 'resolved' });
  });

  it('is refused with an end that is none', () => {
    const example = 'write one such as 2026-11-20T11:00:00.000Z';
    for (const [words, message] of [
      [{ until: '2026-11-20T09:00:00Z' }, `until: 2026-11-20T09:00:00Z is over; ${example}`],
      [{ until: '2028-11-20T09:00:00Z' }, `until: 2028-11-20T09:00:00Z is over a year ahead; ${example}`],
      [{ until: 'noon' }, `until: "noon" is no instant with a zone; ${example}`],
      [{ resolved: 'maybe' }, 'resolved must be true; or leave it out'],
    ] as const)
      assert.throws(() => until(words), { message });
    assert.throws(() => readMute({ channel: 'ops', why: 'x', resolved: true }, known, NOW), {
      message: 'resolved ends a mute of an issue, a rule or a filter; give another end',
    });
    assert.throws(() => readMute({ all: 'maybe', why: 'x' }, known, NOW), {
      message: 'all must be true; or leave it out',
    });
  });
});
