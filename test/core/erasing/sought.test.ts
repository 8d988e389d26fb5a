import assert from 'node:assert/strict';
import { soughtBy } from '../../../src/core/erasing/sought.ts';
import { holdsName, isOfUser, jsonWithout } from '../../../src/core/erasing/without.ts';

describe('a name that somebody is erased by', () => {
  for (const [name, text, rest] of [
    ['kim@example.com', 'to KIM@example.com, not akim@example.com', 'to [erased], not akim@example.com'],
    ['kim@example.com', '/u?m=kim%40example.com&x=1 kim\\u0040example.com', '/u?m=[erased]&x=1 [erased]'],
    [
      'kim@example.com',
      String.raw`a\nkim@example.com\tkim@example.com%20kim@example.com`,
      String.raw`a\n[erased]\t[erased]%20[erased]`,
    ],
    ['kim@example.com', '\u001b[31mkim@example.com\u001b[0m', '\u001b[31m[erased]\u001b[0m'],
    ['kim@example.com', String.raw`kim\@example\.com`, '[erased]'],
    ['Ann Lee', 'Ann+Lee, ann%20lee, Ann\nLee, AnnLee', '[erased], [erased], [erased], AnnLee'],
    ['Jürgen', 'jürgen j%c3%bcrgen jürgens', '[erased] [erased] jürgens'],
    ['A&B <x>', 'A&amp;B &lt;x&gt; and A&B <x>', '[erased] and [erased]'],
    ['10.0.0.1', '10.0.0.1:80 10.0.0.12 110.0.0.1', '[erased]:80 10.0.0.12 110.0.0.1'],
    ['$1', 'a $1b', 'a $1b'],
    ['+49 171', '+49 171x +49 171', '+49 171x [erased]'],
  ] as const)
    it(`is found in ${JSON.stringify(text)}`, () => {
      if (name === '$1') return assert.throws(() => soughtBy(name), /too short/);
      assert.equal(soughtBy(name).without(text), rest);
    });

  it('is looked for in lists of words as its words, when they say something', () => {
    const sought = soughtBy('Marta.Quill@example.com');
    assert.equal(sought.withoutWords('no marta quill EXAMPLE com here'), 'no here');
    assert.equal(sought.withoutWords('martha quill example com'), 'martha quill example com');
    assert.equal(soughtBy('u-1042').withoutWords('u u'), 'u u');
    assert.equal(soughtBy('u-1042').wordRuns, null);
    assert.deepEqual(soughtBy('田中さん').runs, []);
  });

  it('of a kind, or of few digits, is a user and nothing else', () => {
    for (const name of ['4711', 'id:4711', 'id: 4711']) {
      const sought = soughtBy(name);
      assert.ok(sought.isNarrow);
      assert.deepEqual(
        ['4711', 'id:4711', 'ID:4711', '47110', null].map((user) => sought.isUser(user)),
        [true, true, true, false, false],
      );
    }
    assert.equal(soughtBy('4711').isUser('ip:4711'), true);
    assert.equal(soughtBy('id:4711').isUser('ip:4711'), false);
    assert.equal(soughtBy('491711234567').isNarrow, false);
    assert.ok(soughtBy('id:7').isUser('id:7'));
  });

  it('that is longer than what is kept of a user is known by what is kept', () => {
    const name = `${'a'.repeat(100)}@${'b'.repeat(99)}`;
    assert.ok(soughtBy(name).isUser(`username:${name}`.slice(0, 200)));
  });

  it('is in a user’s tags, and in no other tag', () => {
    const names = [soughtBy('4711')];
    const of = (key: string) => isOfUser({ user: null, tags: { [key]: '4711' } }, names);
    assert.deepEqual(['user', 'user.id', 'user_id', 'User-Name', 'users', 'order'].map(of), [
      ...[true, true, true, true, false, false],
    ]);
  });

  it('stays in what things are called by, and in numbers', () => {
    const names = [soughtBy('checkout')];
    const kept = {
      filter: 'checkout',
      tell: ['checkout'],
      what: { kind: 'filter', name: 'checkout' },
      count: 7,
      none: null,
    };
    const given = { ...kept, why: 'checkout', tags: { checkout: 'checkout', id: 'checkout' }, id: ['checkout', 1] };
    assert.deepEqual(jsonWithout(given, names, true), {
      ...{ ...kept, why: '[erased]', tags: { '[erased]': '[erased]', id: '[erased]' }, id: ['[erased]', 1] },
    });
    assert.deepEqual(jsonWithout({ id: 'checkout' }, names, false), { id: '[erased]' });
    assert.equal(holdsName('checkout', names), true);
    assert.equal(holdsName('17', [soughtBy('id:17')]), false);
  });
});
