import assert from 'node:assert/strict';
import type { Mute } from '../../../../src/core/model/alerting/rule.ts';
import type { Answer, Ask } from '../../../../src/core/model/reading.ts';
import { watchReleases } from '../../../../src/core/telling/upkeep/watch-releases.ts';
import { filterOf, readingOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { NOW } from '../../../support/time/clock.ts';

const MINUTE_MS = 60_000;
const CRM = filterOf({ name: 'crm', query: 'user.id:7' });
const OF_ISSUE: Mute = {
  id: 'm1',
  what: { kind: 'issue', name: '101' },
  until: { kind: 'release', name: '1.5.*' },
  why: '',
  since: 0,
};

function stage(mutes: readonly Mute[], queryOf: () => string | null = () => '') {
  const asks: Ask[] = [];
  const unmuted: string[] = [];
  let now = NOW;
  let answer: number | 'fault' = 0;
  const releases = watchReleases({
    mutes: async () => mutes,
    filtersOf: async () => [CRM],
    unmute: async (id) => void unmuted.push(id),
    source: {
      queryOf,
      async *read(all) {
        asks.push(...all);
        for (const ask of all) yield answerTo(ask, answer);
      },
    },
    settleMs: 120_000,
    now: () => now,
  });
  return {
    releases,
    asks,
    unmuted,
    async pass(minutes: number, events: number | 'fault' = 0) {
      now = NOW + minutes * MINUTE_MS;
      answer = events;
      const scope = scopeOf();
      await releases.chore.work(scope);
      return scope.log.texts();
    },
  };
}

function answerTo(ask: Ask, events: number | 'fault'): Answer {
  if (events === 'fault') return { ask, fault: { message: 'sentry: answered 503', retryable: true } };
  return { ask, reading: readingOf({ totals: [{ project: 'crm-web', projectId: '1', events, users: 0 }] }) };
}

const spans = (asks: readonly Ask[]): readonly string[] =>
  asks.map(({ window: { start, end } }) =>
    [start, end].map((at) => new Date(at).toISOString().slice(11, 16)).join('-'),
  );

describe('a mute that waits for a release', () => {
  it('is over with the first event of it, each window asked about once, after a failure again', async () => {
    const { releases, asks, unmuted, pass } = stage([OF_ISSUE]);
    await pass(0);
    await pass(0);
    await pass(5, 'fault');
    await pass(10);
    assert.deepEqual([spans(asks), releases.isOver(OF_ISSUE)], [['09:05-10:05', '10:05-10:10', '10:05-10:15'], false]);
    assert.deepEqual(await pass(15, 2), ['a release ends a mute']);
    await pass(20);
    assert.deepEqual([asks.length, releases.isOver(OF_ISSUE), unmuted], [4, true, ['m1']]);
    assert.equal(asks[0]!.filter.query, '(user.id:7) release:"1.5.*" issue.id:101');
    assert.equal(asks[0]!.want, 'totals');
    assert.equal(releases.isOver({ id: 'm1', until: { kind: 'release', name: '1.6' } }), false);
  });

  it('asks nothing for other mutes, nor of a source that has no such search, which is said once', async () => {
    const others = stage([{ ...OF_ISSUE, until: { kind: 'resolved' } }]);
    await others.pass(0);
    const pages = stage([OF_ISSUE], () => null);
    assert.deepEqual(await pages.pass(0), ['this source cannot be asked for a release']);
    assert.deepEqual(await pages.pass(5), []);
    assert.deepEqual([others.asks, pages.asks, pages.releases.isOver(OF_ISSUE)], [[], [], false]);
  });
});
