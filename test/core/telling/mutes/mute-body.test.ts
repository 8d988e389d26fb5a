import assert from 'node:assert/strict';
import type { Mute, MuteEnd, MuteScope } from '../../../../src/core/model/alerting/rule.ts';
import { muteLine } from '../../../../src/commands/mute/text.ts';
import { muteBody } from '../../../../src/core/telling/mutes/mute-body.ts';

const AT = Date.UTC(2026, 10, 20, 10);
const mute = (what: MuteScope, until: MuteEnd, by?: string): Mute => ({
  ...{ id: 'm1', what, until, why: 'known', since: AT, by },
});

const ALL: readonly (readonly [Mute, object, string])[] = [
  [
    mute({ kind: 'all' }, { kind: 'instant', at: AT + 3_600_000 }),
    { all: true, until: '2026-11-20T11:00:00.000Z' },
    'm1 everything is muted until 2026-11-20 11:00 UTC: known',
  ],
  [
    mute({ kind: 'filter', name: 'crm' }, { kind: 'events', count: 500 }, 'ann'),
    { filter: 'crm', events: 500, by: 'ann' },
    'm1 filter crm is muted until 500 events: known (by ann)',
  ],
  [
    mute({ kind: 'page', name: '7' }, { kind: 'release', name: '1.2' }),
    { page: '7', release: '1.2' },
    'm1 issue 7 is hidden until release 1.2: known',
  ],
  [
    mute({ kind: 'rule', name: 'crm/new' }, { kind: 'resolved' }),
    { rule: 'crm/new', resolved: true },
    'm1 rule crm/new is muted until it is resolved: known',
  ],
];

describe('a mute', () => {
  for (const [given, body, line] of ALL) {
    const { what, until } = given;
    it(`of ${what.kind} until ${until.kind} is told by the keys of a file, and on a line`, () => {
      assert.deepEqual(muteBody(given), { id: 'm1', ...body, why: 'known', since: '2026-11-20T10:00:00.000Z' });
      assert.equal(muteLine(given, new Map([['7', null]])), line);
    });
  }
});
