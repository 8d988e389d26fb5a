import assert from 'node:assert/strict';
import { muteOf } from '../../../../src/core/alerts/outbox/forming/mutes.ts';
import { BadWords } from '../../../../src/core/telling/asked/words.ts';
import { hiddenIssues } from '../../../../src/core/telling/mutes/hidden.ts';
import { hideBy, muteBy, unmuteBy } from '../../../../src/core/telling/mutes/mute-by.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { alertOf, tellingOf } from '../../../support/alerting/tellings.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 0);
const DAY = 86_400_000;

describe('who hides an issue', () => {
  const open = (by: string) => {
    const { outbox } = memoryAlerts(() => NOW);
    let ids = 0;
    const known = { filters: [], channels: [] };
    const who = { by, now: NOW, server: 'host-1', uuid: () => `0000000${++ids}-1111-4111-8111-111111111111` };
    return { outbox, known, told: [], ofFiles: [], ...who };
  };
  const hiding = { issue: '1:a.b', length: '7d', why: 'old' };

  it('has lists leave it out for so long, and is kept with the name of who did', async () => {
    const deps = open('ann');
    const { id } = await hideBy(hiding, deps);
    const mutes = await deps.outbox.mutes();
    const hidden = (at: number): readonly string[] => [...hiddenIssues(mutes, at).keys()];
    assert.deepEqual([NOW - 1, NOW, NOW + 7 * DAY - 1, NOW + 7 * DAY].map(hidden), [[], ['1:a.b'], ['1:a.b'], []]);
    const [done] = await deps.outbox.actions({ from: 0, limit: 1 });
    assert.deepEqual(
      [done?.by, done?.kind, done?.target, done?.text],
      ['ann', 'mute', id, 'issue 1:a.b hidden until 2026-11-27 10:00 UTC: old'],
    );
  });

  it('holds back nothing', async () => {
    const deps = open('ann');
    const telling = tellingOf(alertOf({ subject: { id: '7' } }));
    const isHeld = (mute: Awaited<ReturnType<typeof hideBy>>): boolean =>
      muteOf(telling, [mute], { now: NOW, sure: NOW }) !== undefined;
    assert.equal(isHeld(await hideBy({ ...hiding, issue: '7' }, deps)), false);
    assert.equal(isHeld(await muteBy({ issue: '7', why: 'x' }, deps)), true, 'as a mute of it does');
  });

  it('may end it, and then it is listed again', async () => {
    const deps = open('ann');
    const { id } = await hideBy({ ...hiding, why: '' }, deps);
    await muteBy({ issue: '1:a.b', why: 'x' }, deps);
    await unmuteBy({ id }, { ...deps, by: 'bob' });
    assert.deepEqual([...hiddenIssues(await deps.outbox.mutes(), NOW)], []);
    assert.equal((await deps.outbox.mutes()).length, 1, 'the other one is as it was');
  });

  it('is told what is wrong', async () => {
    const bad = [{ issue: '' }, { issue: '../x' }, { issue: 'a b' }, { length: '' }, { length: '2y' }, { why: 'a\nb' }];
    for (const given of bad)
      await assert.rejects(hideBy({ ...hiding, ...given }, open('ann')), BadWords, JSON.stringify(given));
  });
});
