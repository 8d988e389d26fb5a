import assert from 'node:assert/strict';
import type { KeptAlert } from '../../../../../src/core/ports/alerting/alert-store.ts';
import type { Mute } from '../../../../../src/core/model/alerting/rule.ts';
import { alertsOf, type PageAlerting } from '../../../../../src/server/pages/data/alerts/of-page.ts';
import { memoryAlerts } from '../../../../../src/storage/memory/alerts/index.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { alertIn, decide } from '../../../../support/alerting/stage.ts';
import { NOW } from '../../../../support/time/clock.ts';

const AT = NOW - 300_000;
const lasting = (filter: string): KeptAlert => {
  const alert = alertIn(filter, AT, { state: 'firing', subject: { kind: 'part', id: filter, title: filter } });
  return { alert, filter, rule: 'value > 1', since: AT, until: null } as KeptAlert;
};
const AROUND = { current: null, origin: { troubles: [] } as never };

describe('alerts of a page', () => {
  const filters = [filterOf({ name: 'crm' })];
  const open = async (watches?: readonly string[], mutes: readonly Mute[] = []) => {
    const { alerts, outbox } = memoryAlerts(() => NOW);
    await decide(alerts, { alerts: [lasting('github')] }, ['github']);
    const given = { channels: () => [], mutes: async () => mutes, watches: watches && (() => watches) };
    return { alerts, outbox, ...given } as unknown as PageAlerting;
  };

  it('are those of watches too where it is of everything', async () => {
    const now = await alertsOf(filters, { ...AROUND, configured: filters }, await open(['github']), NOW);
    assert.ok(now !== null && now !== 'unread');
    assert.deepEqual([now.filters, now.watches, now.counts.warning], [0, 1, 1]);
    assert.deepEqual(
      now.firing.map(({ alert }) => alert.filter),
      ['github'],
    );
  });

  it('have what holds them back, be it of their rule, of all they speak of, or of everything', async () => {
    const until = { kind: 'resolved' } as const;
    const found = async (what: Mute['what']): Promise<unknown> => {
      const alerting = await open(['github'], [{ id: 'm-1', what, until, why: 'known', since: AT }]);
      const now = await alertsOf(filters, { ...AROUND, configured: filters }, alerting, NOW);
      return now !== null && now !== 'unread' && now.firing[0]!.mute;
    };
    for (const what of [
      { kind: 'rule', name: 'github/value > 1' },
      { kind: 'filter', name: 'github' },
      { kind: 'all' },
    ] as const)
      assert.partialDeepStrictEqual(await found(what), { until, why: 'known' });
    assert.equal(await found({ kind: 'filter', name: 'crm' }), null);
    assert.equal(await found({ kind: 'issue', name: 'github' }), null);
  });

  it('are none where it is of one filter, or of no watch with rules', async () => {
    assert.equal(await alertsOf(filters, { ...AROUND, configured: [] }, await open(['github']), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, await open([]), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, await open(), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, undefined, NOW), null);
  });
});
