import assert from 'node:assert/strict';
import { toldIn } from '../../../src/core/digests/content.ts';
import { syncKnown } from '../../../src/core/digests/known.ts';
import { withTickets } from '../../../src/core/digests/with-tickets.ts';
import { shortTitle } from '../../../src/core/digests/words/parts.ts';
import { linesOf } from '../../../src/core/digests/words/lines.ts';
import { shortText } from '../../../src/core/alerts/words/clean-text.ts';
import type { KnownDigest } from '../../../src/core/ports/alerting/digest-store.ts';
import { digestOf, filterOf, issueOf } from '../../support/digests/digests.ts';

describe('what rules told, in a digest', () => {
  it('has a rule that is there no more by its identity', () => {
    const told = (rule: string, fate: string) =>
      ({ rule, news: 'firing', fate, alertId: `${rule}@x`, key: rule }) as never;
    const known = new Map([['new', { sentence: 'new issues', severity: 'critical' as const }]]);
    assert.deepEqual(
      toldIn([told('new', 'sent'), told('gone', 'sent')], known).rules.map(({ rule, severity }) => [rule, severity]),
      [
        ['new issues', 'critical'],
        ['gone', 'warning'],
      ],
    );
  });
});

describe('texts in a digest', () => {
  it('are cut by letters as people see them', () => {
    assert.equal(shortTitle('x'.repeat(161)), `${'x'.repeat(159)}…`);
    assert.equal(shortTitle('😀'.repeat(160)), '😀'.repeat(160));
    assert.equal(shortText('😀'.repeat(5), 5), '😀'.repeat(5));
    assert.equal(shortText('😀'.repeat(6), 5), `${'😀'.repeat(4)}…`);
  });

  it('name filters without events together beside others', () => {
    const quiet = { events: 0, issues: 0, biggest: [], before: { ...filterOf().before, events: 0 } };
    const all = { ...filterOf().windows, withEvents: 0 };
    const filters = [filterOf(), ...['a', 'b'].map((filter) => filterOf({ filter, ...quiet, windows: all }))];
    assert.ok(linesOf(digestOf({ filters, zone: 'UTC' })).includes('a, b: 0 of 288 windows with events, all complete'));
  });
});

describe('tickets of a digest', () => {
  it('are not asked for where it names no issue, and asked without a project where nobody knows it', async () => {
    const asked: unknown[] = [];
    const none = digestOf({ filters: [filterOf({ biggest: [] })] });
    const ask = async (issues: readonly unknown[]) => (asked.push(...issues), new Map());
    assert.equal(await withTickets(none, ask), none);
    assert.deepEqual(asked, []);
    await withTickets(
      digestOf({ filters: [filterOf({ biggest: [issueOf({ project: null as never, id: '7' })] })] }),
      ask,
    );
    assert.deepEqual(asked, [{ project: '', id: '7' }]);
  });
});

describe('digests that are known', () => {
  const plan = { name: 'morning', at: { kind: 'every', everyMs: 3_600_000 }, tell: ['crm'], idle: [] } as never;
  const row = (given: Partial<KnownDigest>): KnownDigest => ({
    ...{
      digest: 'morning',
      channel: 'crm',
      schedule: 'every 3600000',
      loadedAt: 5,
      toldTo: 1,
      upSince: 1,
      place: null,
    },
    ...given,
  });
  const sync = async (rows: readonly KnownDigest[], digests: readonly never[], isWhole = true) => {
    const done: string[] = [];
    const names = (some: readonly { digest: string }[]): string => some.map(({ digest }) => digest).join();
    const store = {
      look: async () => rows,
      put: async (some: readonly KnownDigest[]) => void done.push(`put ${names(some)}`),
      forget: async (some: readonly KnownDigest[]) => void done.push(`forget ${names(some)}`),
    };
    await syncKnown(store, { digests, isWhole }, { now: 100, loadedAt: 10 });
    return done;
  };

  it('begin anew with another schedule of newer files alone', async () => {
    assert.deepEqual(await sync([row({})], [plan]), []);
    assert.deepEqual(await sync([row({ schedule: 'every 60000' })], [plan]), ['put morning', 'forget ']);
    assert.deepEqual(await sync([row({ schedule: 'every 60000', loadedAt: 20 })], [plan]), []);
    assert.deepEqual(await sync([], [plan]), ['put morning', 'forget ']);
  });

  it('are forgotten where no newer file has them', async () => {
    assert.deepEqual(await sync([row({})], []), ['put ', 'forget morning']);
    assert.deepEqual(await sync([row({})], [], false), []);
    assert.deepEqual(await sync([row({ loadedAt: 20 })], []), []);
  });
});
