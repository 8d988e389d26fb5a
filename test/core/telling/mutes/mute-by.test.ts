import assert from 'node:assert/strict';
import { BadWords } from '../../../../src/core/telling/asked/words.ts';
import { muteBy, type MuteDeps, unmuteBy } from '../../../../src/core/telling/mutes/mute-by.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 0);
const HOUR = 3_600_000;

describe('who mutes, and ends a mute', () => {
  const open = (by: string): MuteDeps => {
    const { outbox } = memoryAlerts(() => NOW);
    let ids = 0;
    return {
      outbox,
      known: { filters: [{ name: 'crm-mail' }], channels: ['crm'] },
      told: ['crm', 'boss'],
      ofFiles: [],
      by,
      now: NOW,
      server: 'host-1',
      uuid: () => `0000000${++ids}-1111-4111-8111-111111111111`,
    };
  };
  const doneIn = async ({ outbox }: MuteDeps): Promise<readonly unknown[]> =>
    (await (outbox as ReturnType<typeof memoryAlerts>['outbox']).actions({ from: 0, limit: 10 }))
      .map(({ at, by, kind, target, text }) => [at, by, kind, target, text])
      .reverse();

  for (const by of ['ann', 'cli', 'post'])
    it(`is kept, also of ${by}`, async () => {
      const deps = open(by);
      const mute = await muteBy({ filter: 'crm-mail', for: '1h', why: 'moving' }, deps);
      await unmuteBy({ id: mute.id }, { ...deps, by: 'bob', now: NOW + 1 });
      const said = 'filter crm-mail muted until 2026-11-20 11:00 UTC: moving';
      assert.deepEqual(await doneIn(deps), [
        [NOW, by, 'mute', mute.id, said],
        [NOW + 1, 'bob', 'unmute', mute.id, said],
      ]);
    });

  it('is kept once for each mute that ends', async () => {
    const deps = open('cli');
    await muteBy({ filter: 'crm-mail', for: '1h', why: 'one' }, deps);
    await muteBy({ filter: 'crm-mail', for: '2h', why: 'two' }, deps);
    const ended = await unmuteBy({ filter: 'crm-mail' }, deps);
    assert.equal(ended.length, 2);
    assert.deepEqual(await deps.outbox.mutes(), []);
    assert.deepEqual(
      (await doneIn(deps)).map((it) => (it as readonly unknown[])[2]),
      ['mute', 'mute', 'unmute', 'unmute'],
    );
  });

  it('is not kept where nothing was done', async () => {
    const deps = open('ann');
    await assert.rejects(muteBy({ filter: 'crm', why: 'x' }, deps), BadWords);
    await assert.rejects(unmuteBy({ filter: 'crm-mail' }, deps), /no such mute is in force/);
    assert.deepEqual(await doneIn(deps), []);
  });

  it('tells every channel once when everything is muted, and forgets mutes that are long over', async () => {
    const deps = open('ann');
    const { outbox } = memoryAlerts(() => NOW);
    const told: unknown[] = [];
    const heard: MuteDeps['outbox'] = {
      ...outbox,
      post: async (channel, { id, lines }) => void told.push([channel, id, lines]),
    };
    const old = { what: { kind: 'all' as const }, why: '', since: 0, until: { kind: 'instant' as const, at: 0 } };
    await outbox.mute({ ...old, id: 'old', until: { kind: 'instant', at: NOW - 31 * 24 * HOUR } });
    await outbox.mute({ ...old, id: 'young', until: { kind: 'instant', at: NOW - 29 * 24 * HOUR } });
    const { id } = await muteBy({ all: true, for: '1h', why: 'moving' }, { ...deps, outbox: heard });
    const line = `Everything is muted until 2026-11-20 11:00 UTC: moving (by ann). sentry-monitor unmute ${id} ends it.`;
    assert.deepEqual(
      told,
      ['crm', 'boss'].map((channel) => [channel, `own/mute/${id}/${channel}`, [line]]),
    );
    assert.deepEqual((await outbox.mutes()).map((mute) => mute.id).toSorted(), [id, 'young'].toSorted());
  });
});
