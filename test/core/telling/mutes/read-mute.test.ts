import assert from 'node:assert/strict';
import { BadWords } from '../../../../src/core/telling/asked/words.ts';
import { readMute } from '../../../../src/core/telling/mutes/read-mute.ts';
import { ruleWith } from '../../../support/build/users-rules.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 0);
const HOUR = 3_600_000;
const RULE = { ...ruleWith({ kind: 'new' }), name: 'fresh', sentence: 'new' };
const KNOWN = { filters: [{ name: 'crm-mail', alerts: [RULE] }, { name: 'crm-web' }], channels: ['crm', 'console'] };

describe('a mute in words', () => {
  const read = (words: Readonly<Record<string, unknown>>) => readMute({ why: 'moving house', ...words }, KNOWN, NOW);

  it('ends after a day, unless it is told otherwise', () => {
    assert.deepEqual(read({ filter: 'crm-mail' }), {
      what: { kind: 'filter', name: 'crm-mail' },
      until: { kind: 'instant', at: NOW + 24 * HOUR },
      why: 'moving house',
      since: NOW,
    });
    for (const [words, until] of [
      [{ for: '30m' }, { kind: 'instant', at: NOW + HOUR / 2 }],
      [{ for: '4h' }, { kind: 'instant', at: NOW + 4 * HOUR }],
      [{ for: '2d' }, { kind: 'instant', at: NOW + 48 * HOUR }],
      [{ until: '2026-11-20T12:00:00+01:00' }, { kind: 'instant', at: NOW + HOUR }],
      [{ events: 5000 }, { kind: 'events', count: 5000 }],
      [{ events: '5000' }, { kind: 'events', count: 5000 }],
      [{ release: '1.4.2' }, { kind: 'release', name: '1.4.2' }],
      [{ resolved: true }, { kind: 'resolved' }],
      [{ resolved: 'true' }, { kind: 'resolved' }],
    ] as const)
      assert.deepEqual(read({ filter: 'crm-mail', ...words }).until, until);
  });

  it('is of an issue, a rule, a filter, a channel, or all', () => {
    for (const [words, what] of [
      [{ issue: 6507376925 }, { kind: 'issue', name: '6507376925' }],
      [{ issue: '6507376925' }, { kind: 'issue', name: '6507376925' }],
      [{ rule: 'fresh' }, { kind: 'rule', name: 'fresh' }],
      [{ rule: 'crm-mail/new' }, { kind: 'rule', name: 'crm-mail/new' }],
      [{ channel: 'console' }, { kind: 'channel', name: 'console' }],
      [{ all: 'true' }, { kind: 'all' }],
    ] as const)
      assert.deepEqual(read(words).what, what);
  });

  for (const [words, said] of [
    [{}, 'says nothing to mute; write one of issue, rule, filter, channel, all'],
    [{ filter: 'crm-web', all: true }, 'says twice what to mute (filter, all); keep one of them'],
    [{ all: 'yes' }, 'all must be true; or leave it out'],
    [{ filter: 'crm' }, 'no filter is named "crm"; there are crm-mail, crm-web'],
    [{ channel: 'boss' }, 'no channel is named "boss"; there are crm, console'],
    [{ rule: 'crm-web/new' }, 'no rule is named "crm-web/new"; there are fresh'],
    [{ issue: 'a b' }, 'issue is no id; write it as its address in Sentry ends'],
    [{ filter: ['crm-mail'] }, 'filter must be a text'],
    [{ all: true, for: '1h', until: '2026-11-21T10:00:00Z' }, 'has several ends (for, until); keep one of them'],
    [{ all: true, for: 'long' }, 'for: "long" is no time of at most a year; write one such as 30m, 4h or 2d'],
    [{ all: true, for: '0h' }, 'for: "0h" is no time of at most a year; write one such as 30m, 4h or 2d'],
    [{ all: true, for: '400d' }, 'for: "400d" is no time of at most a year; write one such as 30m, 4h or 2d'],
    [
      { all: true, until: 'noon' },
      'until: "noon" is no instant with a zone; write one such as 2026-11-20T11:00:00.000Z',
    ],
    [
      { all: true, until: '2026-11-20T10:00:00Z' },
      'until: 2026-11-20T10:00:00Z is over; write one such as 2026-11-20T11:00:00.000Z',
    ],
    [{ all: true, release: '1' }, 'release ends a mute of an issue, a rule or a filter; give another end'],
    [{ channel: 'crm', resolved: true }, 'resolved ends a mute of an issue, a rule or a filter; give another end'],
    [{ all: true, events: 0 }, 'events must be a whole number from 1 to 1000000000'],
    [{ all: true, why: ' ' }, 'why is empty; write it'],
    [{ all: true, why: 'a\nb' }, 'why must be on one line, without control characters'],
    [{ all: true, why: undefined }, 'why is missing; write it for who comes across the mute'],
    [
      { all: true, minutes: 5 },
      '"minutes" is not known; there are issue, rule, filter, channel, all, for, until, events, release, resolved, why',
    ],
  ] as const)
    it(`cannot be: ${said}`, () =>
      assert.throws(
        () => read(words),
        (error: unknown) => error instanceof BadWords && error.message === said,
      ));
});
