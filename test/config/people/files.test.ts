import assert from 'node:assert/strict';
import { assemble } from '../../../src/app/assemble.ts';
import { worldOf } from '../../app/fake-world.ts';
import { CRM, ENV, TEXT, faultsIn, start } from '../../support/reminders/files.ts';

describe('people of a file', () => {
  it('are channels of their own, by the key of a channel of the same vendor', () => {
    const { faults, filters, made } = start(
      '{ ann: { name: Ann Lee, email: Ann@example.com, slack: U024BE7LH, birthday: 29 Feb }, bob: { birthday: 1990-07-14 } }',
      TEXT,
    );
    assert.deepEqual([faults, made], [[], ['console', 'crm', 'ann/slack', 'ann/email']]);
    assert.deepEqual(filters!.people, [
      {
        key: 'ann',
        name: 'Ann Lee',
        channels: ['ann/slack', 'ann/email'],
        mail: 'ann@example.com',
        birthday: { month: 2, day: 29 },
      },
      { key: 'bob', name: 'bob', channels: [], mail: null, birthday: { month: 7, day: 14 } },
    ]);
  });

  it('may be told by alerts, by all ways or by one', () => {
    const rules = '[{ when: events > 1, tell: ann }, { when: events > 9, tell: ann/email }]';
    const text = `channels: { ${CRM} }
people: { ann: { email: ann@example.com, slack: U024BE7LH } }
filters: [{ name: f1, projects: [crm-web], alerts: ${rules} }]`;
    const { filters } = assemble(worldOf(ENV, { 'config/filters.yaml': text }).world);
    assert.deepEqual(filters.faults, []);
    assert.deepEqual(
      filters.filters[0]!.alerts!.map(({ tell }) => tell),
      [['ann/slack', 'ann/email'], ['ann/email']],
    );
  });

  it('name the channel whose key counts where there are several', () => {
    const both = {
      channels: `${CRM}, shop: { slack: '#shop', key: SHOP_TOKEN }`,
      env: { ...ENV, SHOP_TOKEN: 'xoxb-9876543210-abcdef' },
    };
    const { faults, made } = start('{ ann: { slack: U024BE7LH } }', TEXT, both);
    assert.deepEqual(faults, [
      'config/filters.yaml:3: ann: slack: channels of slack have different keys (SLACK_TOKEN, SHOP_TOKEN); write via: with the name of one',
    ]);
    assert.deepEqual(made, ['console', 'crm', 'shop']);
    assert.deepEqual(start('{ ann: { slack: U024BE7LH, via: shop } }', TEXT, both).faults, []);
    assert.match(
      start('{ ann: { slack: U024BE7LH, via: none } }', TEXT, both).faults.join(),
      /no channel of none is one of slack/,
    );
    assert.match(
      start('{ ann: { email: ann@-.com } }', TEXT).faults.join(),
      /ann: email: "ann@-.com" is not an e-mail address/,
    );
    assert.match(
      start('{ ann: { telegram: 12345 } }', TEXT).faults.join(),
      /ann: telegram: no channel set up is one of telegram/,
    );
  });

  const REFUSED = [
    ['crm: { slack: U024BE7LH }', /^"crm" is taken by what is set up in f.yaml:1; choose another/],
    ['everybody: { slack: U024BE7LH }', /people: everybody: "everybody" means several people/],
    ['Ann: { slack: U024BE7LH }', /people: Ann: "Ann" does not fit; write lower-case letters/],
    ['ann: { slack: ann }', /people: ann: slack: "ann" does not fit; write the id of a user/],
    ['bob: { telegram: "@ann" }', /people: bob: telegram: "@ann" does not fit; write the number of the chat/],
    [
      'cara: { birthday: 30 Feb }',
      /people: cara: birthday: "30 Feb" is no day of the year; write a day such as 29 Feb/,
    ],
    ['gus: { email: "a@example.com, b@example.com" }', /people: gus: email: ".*" does not fit; write one address/],
    ['dan: { phone: 1 }', /people: dan: "phone" is not a key of a person; write one of name/],
    ['eve: 1', /people: eve: a person must be a map/],
    ['fred: { telegram: [1] }', /people: fred: telegram: must be one text/],
  ] as const;
  it('are refused each by its name', () => {
    const faults = faultsIn(`people: { ${REFUSED.map(([person]) => person).join(', ')} }`);
    for (const [person, fault] of REFUSED)
      assert.ok(
        faults.some((it) => fault.test(it)),
        `${person}\n${faults.join('\n')}`,
      );
    assert.equal(faults.length, REFUSED.length);
  });

  it('are a map', () => assert.match(faultsIn('people: [ann]').join(), /people must be a map of names; write \{ ann/));
});
