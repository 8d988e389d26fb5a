import assert from 'node:assert/strict';
import { debugPayloads } from '../../../src/core/telling/debug-payloads.ts';
import { historyOfSeries } from '../../../src/core/alerts/trial/series-history.ts';
import { ruleOf } from '../../support/alerting/engine/rules.ts';
import { fakeChannel, policyOf } from '../../support/alerting/relay.ts';
import { alertOf, MINUTE, TEN, tellingOf } from '../../support/alerting/tellings.ts';
import { detailsOf, filterOf } from '../../support/build/reports.ts';

describe('what a debug run would tell', () => {
  it('is the body of each message, why it waits, or that no file has the channel', async () => {
    const tellings = ['crm', 'gone', 'quiet'].map((channel) => tellingOf(alertOf(), { channel }));
    const mute = { kind: 'channel', name: 'quiet' } as const;
    const deps = {
      channels: new Map(
        ['crm', 'quiet'].map((name) => [name, { channel: fakeChannel({ name }), policy: policyOf({ name }) }]),
      ),
      mutes: [{ id: 'm', what: mute, until: { kind: 'instant', at: TEN + 3_600_000 }, why: 'moving', since: TEN }],
      ...{ now: TEN + 8 * MINUTE, sure: TEN + 8 * MINUTE, rules: new Map(), server: 'host-1', createId: () => 'm-1' },
    };
    const [seen] = await debugPayloads(tellings, deps as never);
    const { crm, gone, quiet } = seen!.channels as Record<
      string,
      { status: string; error?: string; payload?: unknown }
    >;
    assert.deepEqual([crm!.status, typeof crm!.payload], ['skipped', 'object']);
    assert.deepEqual(gone, { status: 'pending', tries: 0, error: 'no file has this channel' });
    assert.equal(quiet!.status, 'muted');
    assert.match(quiet!.error!, /moving/);
  });
});

describe('windows by a series of counts', () => {
  const FIVE = 5 * MINUTE;
  const filter = filterOf({ projects: ['web'], alerts: [ruleOf('new')] });
  const span = { start: TEN, end: TEN + 3 * FIVE };
  const count = (slot: number, events: number, complete = true) => ({ start: TEN + slot * FIVE, events, complete });
  const row = (issueId: string) => ({ issueId, project: 'web', events: 9, users: 0, url: '' }) as never;

  it('have issues as far as they were counted, of others their first event, and of some nothing', () => {
    const details = new Map([
      ['b', detailsOf({ issueId: 'b', firstSeen: TEN + FIVE + 1, status: 'resolved' })],
      ['c', detailsOf({ issueId: 'c', firstSeen: null })],
    ]);
    const reading = { source: 's', org: 'acme', issues: ['a', 'b', 'c', 'd'].map(row), details } as never;
    const issues = new Map([['a', [count(0, 4), count(1, 1)]]]);
    const windows = historyOfSeries(filter, span, { total: [count(0, 4), count(1, 2, false)], reading, issues });
    assert.deepEqual(
      windows.map(({ events, lacks, issues: all }) => [events, lacks.includes('totals'), all.map(({ id }) => id)]),
      [
        [4, false, ['a']],
        [2, true, ['a', 'b']],
      ],
    );
  });
});
