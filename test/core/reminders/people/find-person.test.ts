import assert from 'node:assert/strict';
import { findPerson, namesIn } from '../../../../src/core/reminders/people/find-person.ts';
import { reachOf } from '../../../../src/core/reminders/people/reach.ts';
import { personOf } from '../../../support/reminders/plans.ts';

const PEOPLE = [
  personOf('ann', { name: 'Ann Lee' }),
  personOf('ann-b', { name: 'Ann Lee Berg' }),
  personOf('bob', { name: 'Bob Ångström' }),
  personOf('cara'),
];
const found = (name: string): string => {
  const result = findPerson(PEOPLE, name);
  return 'person' in result ? result.person.key : result.fault;
};

describe('whom a name means', () => {
  for (const [name, key] of [
    ['Ann Lee', 'ann'],
    ['ann lee berg', 'ann-b'],
    ['ann-b', 'ann-b'],
    ['  BOB ', 'bob'],
    ['Bob A\u030angstro\u0308m', 'bob'],
    ['Cara', 'cara'],
  ] as const)
    it(`is ${key} of ${name}`, () => assert.equal(found(name), key));

  for (const [name, why] of [
    ['Ann', '"Ann" may be Ann Lee or Ann Lee Berg'],
    ['An', 'nobody is called "An"'],
    ['Berg', 'nobody is called "Berg"'],
    ['?', 'nobody is called "?"'],
    ['x'.repeat(100), `nobody is called "${'x'.repeat(60)}…"`],
  ] as const)
    it(`is nobody of ${name.slice(0, 10)}: ${why.slice(0, 40)}`, () => assert.equal(found(name), why));

  it('is each of those who stand in one cell', () => {
    assert.deepEqual(namesIn('Ann Lee/Bob, Cara & Dan and Eve; \n Fred'), [
      'Ann Lee',
      'Bob',
      'Cara',
      'Dan',
      'Eve',
      'Fred',
    ]);
    assert.deepEqual(namesIn('Alexander'), ['Alexander']);
    assert.deepEqual(namesIn(''), []);
  });
});

describe('who is reached', () => {
  const people = [
    personOf('ann', { channels: ['ann/slack', 'ann/email'] }),
    personOf('bob', { channels: ['bob/email'] }),
    personOf('mute', { channels: [] }),
    personOf('ann-2', { name: 'Cara Ann' }),
  ];
  const reach = (main: readonly string[], backup: readonly string[], gone: readonly string[] = []) => {
    const { reached, faults, unreached } = reachOf(main, backup, { people, isThere: (it) => !gone.includes(it) });
    return [reached.map(({ channel }) => channel), faults, unreached];
  };

  it('is reached by the first channel that is there', () => {
    assert.deepEqual(reach(['Cara', 'bob'], []), [['ann-2/email', 'bob/email'], [], []]);
    const gone = people.slice(0, 3);
    const { reached } = reachOf(['ann'], [], { people: gone, isThere: (it) => it !== 'ann/slack' });
    assert.deepEqual(
      reached.map(({ channel }) => channel),
      ['ann/email'],
    );
  });

  it('is the backup of who has no channel, and nobody where that has none', () => {
    assert.deepEqual(reach(['mute'], ['bob']), [['bob/email'], [], []]);
    assert.deepEqual(reach(['mute'], []), [[], [], ['mute']]);
    assert.deepEqual(reach(['bob'], ['mute'], ['bob/email']), [[], [], ['bob']]);
    assert.deepEqual(reach(['mute', 'bob'], ['bob']), [['bob/email'], [], []], 'once');
  });

  it('is nobody where a name is nobody’s, or of two, also not the backup', () => {
    assert.deepEqual(reach(['Ann'], ['bob']), [[], ['"Ann" may be ann or Cara Ann'], []]);
    assert.deepEqual(reach(['Zoe'], ['bob']), [[], ['nobody is called "Zoe"'], []]);
    assert.deepEqual(reach(['mute'], ['Zoe']), [[], ['nobody is called "Zoe"'], ['mute']]);
  });
});
