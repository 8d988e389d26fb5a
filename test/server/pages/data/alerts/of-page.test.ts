import assert from 'node:assert/strict';
import type { KeptAlert } from '../../../../../src/core/ports/alerting/alert-store.ts';
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
  const open = async (watches?: readonly string[]) => {
    const { alerts, outbox } = memoryAlerts(() => NOW);
    await decide(alerts, { alerts: [lasting('github')] }, ['github']);
    return { alerts, outbox, channels: () => [], watches: watches && (() => watches) } as unknown as PageAlerting;
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

  it('are none where it is of one filter, or of no watch with rules', async () => {
    assert.equal(await alertsOf(filters, { ...AROUND, configured: [] }, await open(['github']), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, await open([]), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, await open(), NOW), null);
    assert.equal(await alertsOf(filters, { ...AROUND, configured: filters }, undefined, NOW), null);
  });
});
