import assert from 'node:assert/strict';
import type { AlertSeen, AlertsNow, ChannelStanding } from '../../../../src/server/pages/data/alerts/model.ts';
import type { PageData } from '../../../../src/server/pages/data/model.ts';
import { START } from '../../../support/build/reports.ts';
import { alertIn } from '../../../support/alerting/stage.ts';
import { LOOK, pageDataOf } from '../../../support/pages/page-data.ts';
import { unread } from '../../../support/pages/page-states.ts';
import { saidOf } from '../../../support/pages/said.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NONE: AlertsNow = {
  filters: 2,
  firing: [],
  counts: { critical: 0, warning: 0, info: 0 },
  byFilter: {},
  watches: 0,
  fresh: 0,
  unjudged: [],
  channels: [],
};

function seen(filter: string, given: Partial<AlertSeen> = {}, alert: Parameters<typeof alertIn>[2] = {}): AlertSeen {
  return {
    alert: alertIn(filter, START, alert),
    since: START,
    until: null,
    told: [],
    acknowledgedBy: null,
    mute: null,
    ...given,
  };
}

function channel(name: string, given: Partial<ChannelStanding> = {}): ChannelStanding {
  return { name, lastSuccess: LOOK - HOUR, lastError: null, isUnheard: false, ...given };
}

const CRITICAL = seen('crm', {}, { severity: 'critical' });
const ISSUE = seen(
  'shop',
  { since: START - DAY },
  { rule: 'trending', subject: { kind: 'issue', id: '7', title: `Error: ${'no card '.repeat(30)}` } },
);

describe('the verdict on alerts', () => {
  const states: readonly (readonly [string, PageData['alerts'], readonly string[]])[] = [
    ['there are no rules', null, []],
    [
      'nobody can read what rules came to',
      'unread',
      [
        'alerts: idle: Alerts not known',
        '  What rules came to is in the ledger, which cannot be read. | /status#origin',
      ],
    ],
    [
      'nothing was judged yet',
      { ...NONE, fresh: 2 },
      ['alerts: idle: Not judged yet', '  Rules judge the first window that is counted after they were read.'],
    ],
    [
      'some filters were not judged yet, the others are calm',
      { ...NONE, fresh: 1 },
      ['alerts: good: No alert is firing', '  No rule of 2 filters has anything to tell.'],
    ],
    [
      'watches have rules beside filters',
      { ...NONE, watches: 1, fresh: 2 },
      ['alerts: good: No alert is firing', '  No rule of 2 filters and 1 watch has anything to tell.'],
    ],
    [
      'watches alone have rules',
      { ...NONE, filters: 0, watches: 2 },
      ['alerts: good: No alert is firing', '  No rule of 2 watches has anything to tell.'],
    ],
    [
      'one of one filter is critical',
      { ...NONE, filters: 1, firing: [CRITICAL], counts: { critical: 1, warning: 0, info: 0 } },
      ['alerts: bad: 1 alert is firing', '  events > 100 of crm, since 10:00 UTC. | /#alerts | page-alerts-firing'],
    ],
    [
      'several last: how many of which, and the worst',
      { ...NONE, firing: [ISSUE], counts: { critical: 0, warning: 3, info: 2 } },
      [
        'alerts: warn: 5 alerts are firing',
        `  3 warning, 2 info. The worst: trending of shop, Error: ${'no card '.repeat(14)}…, since 19 Nov 10:00 UTC. | /#alerts | page-alerts-firing`,
      ],
    ],
    [
      'only what is told for information lasts',
      { ...NONE, firing: [seen('crm', {}, { severity: 'info' })], counts: { critical: 0, warning: 0, info: 1 } },
      ['alerts: trend: 1 alert is firing', '  events > 100 of crm, since 10:00 UTC. | /#alerts | page-alerts-firing'],
    ],
    [
      'a channel fails',
      { ...NONE, channels: [channel('crm'), channel('boss', { lastError: 'boss: mailbox full' })] },
      [
        'alerts: bad: Not everybody is told',
        '  boss did not take its last message: mailbox full | /messages#channels | page-channel-fails',
      ],
    ],
    [
      'a channel that fails is told of once, though it is unheard as well',
      { ...NONE, channels: [channel('boss', { lastSuccess: null, lastError: 'no key', isUnheard: true })] },
      [
        'alerts: bad: Not everybody is told',
        '  boss did not take its last message: no key | /messages#channels | page-channel-fails',
      ],
    ],
    [
      'a channel has brought nothing for a week',
      { ...NONE, channels: [channel('night', { lastSuccess: LOOK - 8 * DAY, isUnheard: true })] },
      [
        'alerts: bad: Not everybody is told',
        '  night has brought nothing for 8 days: nobody knows that it works. | /messages#channels | page-channel-unheard',
      ],
    ],
    [
      'windows wait to be judged',
      { ...NONE, unjudged: ['crm', 'shop'] },
      [
        'alerts: warn: Rules wait',
        '  The last windows of crm, shop were not judged by rules. | /filters | page-rules-wait',
      ],
    ],
    [
      'an alert for information fires while a channel fails: what is gravest counts',
      {
        ...NONE,
        firing: [seen('crm', {}, { severity: 'info' })],
        counts: { critical: 0, warning: 0, info: 1 },
        channels: [channel('boss', { lastError: 'mailbox full' })],
      },
      [
        'alerts: bad: 1 alert is firing',
        '  events > 100 of crm, since 10:00 UTC. | /#alerts | page-alerts-firing',
        '  boss did not take its last message: mailbox full | /messages#channels | page-channel-fails',
      ],
    ],
  ];
  for (const [state, alerts, lines] of states)
    it(`when ${state}`, () => assert.deepEqual(saidOf('alerts', pageDataOf({ alerts })), lines));

  it('is none of an instant that is over, and does not hide that the ledger is away', () => {
    assert.deepEqual(saidOf('alerts', pageDataOf({ alerts: null }), { at: START }), []);
    const data = pageDataOf({ ...unread, alerts: 'unread' });
    assert.equal(saidOf('ledger', data)[0], 'ledger: bad: Ledger in trouble');
  });
});
