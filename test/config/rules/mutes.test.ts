import assert from 'node:assert/strict';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { firstInForce } from '../../../src/config/reload/in-force.ts';

const load = (text: string) => loadFilters([{ path: 'crm.yaml', text }]);
const faultsOf = (mute: string): readonly string[] =>
  load(`mutes:\n  - ${mute}\n`).faults.map(({ where, text }) => `${where} ${text}`);

describe('mutes of a file', () => {
  it('say what, until when and why; they begin when their file is read', () => {
    const text = `mutes:
  - { issue: 6507376925123456789, until: 2026-12-01T09:00:00+01:00, why: known }
  - { issue: 'JAVA:12', events: 500, why: known }
  - { rule: crm-mail/events > 5 in 60m, release: 1.4.10, why: mended there }
  - { rule: new, resolved: true, why: moving }
  - { filter: crm-mail, until: 2026-12-01T08:00Z, why: moving }
  - { channel: crm, until: 2026-12-01T08:00:00Z, why: holiday }
  - { all: true, until: 2026-12-01T08:00:00Z, why: moving }
`;
    const set = load(text);
    assert.deepEqual(set.faults, []);
    const eight = { kind: 'instant', at: Date.UTC(2026, 11, 1, 8) };
    const byHand = [
      [{ kind: 'issue', name: '6507376925123456789' }, eight, 'known'],
      [{ kind: 'issue', name: 'JAVA:12' }, { kind: 'events', count: 500 }, 'known'],
      [
        { kind: 'rule', name: 'crm-mail/events > 5 in 1h', written: 'crm-mail/events > 5 in 60m' },
        { kind: 'release', name: '1.4.10' },
        'mended there',
      ],
      [{ kind: 'rule', name: 'new' }, { kind: 'resolved' }, 'moving'],
      [{ kind: 'filter', name: 'crm-mail' }, eight, 'moving'],
      [{ kind: 'channel', name: 'crm' }, eight, 'holiday'],
      [{ kind: 'all' }, eight, 'moving'],
    ];
    assert.deepEqual(
      firstInForce({ path: 'crm.yaml', texts: [{ path: 'crm.yaml', text }], set, stale: [] }, 1_700_000_000_000).mutes,
      byHand.map(([what, until, why], index) => ({
        id: `crm.yaml:${index + 2}`,
        what,
        until,
        why,
        since: 1_700_000_000_000,
      })),
    );
  });

  const WHAT = 'issue, rule, filter, channel, all';
  const UNTIL = 'until, events, release, resolved';
  const END = 'resolved: true, why: x';
  const CASES: readonly (readonly [string, string])[] = [
    [`{ ${END} }`, `mutes[0]: says nothing to mute; write one of ${WHAT}`],
    [`{ filter: a, channel: b, ${END} }`, `mutes[0]: says twice what to mute (filter, channel); keep one of ${WHAT}`],
    [
      '{ all: true, resolved: true, why: x }',
      'mutes[0]: resolved cannot end this: when what is over? Write filter, rule or issue, or another end',
    ],
    [
      '{ channel: crm, resolved: true, why: x }',
      'mutes[0]: resolved cannot end this: when what is over? Write filter, rule or issue, or another end',
    ],
    ['{ filter: a, why: x }', `mutes[0]: has no end; write one of ${UNTIL}`],
    [
      '{ filter: a, events: 5, resolved: true, why: x }',
      `mutes[0]: has two ends (events, resolved); keep one of ${UNTIL}`,
    ],
    ['{ filter: a, resolved: true }', 'mutes[0]: why is missing; write it for who comes across the mute'],
    [
      '{ filter: A, resolved: true, why: x }',
      'mutes[0]: filter: "A" does not fit; write its name: lower-case letters, digits and hyphens, at most 60',
    ],
    [`{ fliter: a, ${END} }`, 'mutes[0]: "fliter" is not a key of a mute; did you mean filter?'],
    [`{ all: false, ${END} }`, 'mutes[0]: all: must be true, without quotes; or remove it'],
    [
      `{ issue: 1 2, ${END} }`,
      'mutes[0]: issue: "1 2" does not fit; write the id of an issue, as its address in Sentry ends',
    ],
    [
      '{ filter: a, until: 2026-12-01, why: x }',
      'mutes[0]: until: "2026-12-01" is no instant with a zone; write one such as 2026-12-01T08:00:00Z',
    ],
    [
      '{ filter: a, events: 0, why: x }',
      'mutes[0]: events: must be a whole number of events, at least 1; write digits only',
    ],
    [
      'crm',
      'mutes[0]: a mute must be a map; write { filter: crm-mail, until: 2026-12-01T08:00:00Z, why: moving house }',
    ],
  ];
  for (const [written, said] of CASES)
    it(`are refused: ${written}`, () => assert.deepEqual(faultsOf(written), [`crm.yaml:2 ${said}`]));
});
