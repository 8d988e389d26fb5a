import assert from 'node:assert/strict';
import { pageActs } from '../../../../src/app/alerting/pages/acts.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { filterOf } from '../../../support/build/reports.ts';

const NOW = Date.UTC(2026, 10, 20, 10);

describe('what people do from pages', () => {
  const acts = (given: object = {}) => {
    const { alerts, outbox } = memoryAlerts(() => NOW);
    const inForce = () => ({ filters: [filterOf({ name: 'crm' })], channels: [], mutes: [], watches: [] });
    let ids = 0;
    const deps = { alerts, outbox, inForce, uuid: () => `u-${++ids}`, server: 'host-1', ledger: {}, ...given };
    return pageActs(deps as never);
  };

  it('is done by the ledger’s clock, and told of by its name', async () => {
    const own = acts();
    const muted = await own.mute({ filter: 'crm', for: '1h', why: 'moving' }, 'ann');
    const id = (muted as { target: string }).target;
    assert.match((await own.about('mute', id))!, /crm/);
    assert.deepEqual(await own.unmute(id, 'ann'), { target: id });
    assert.equal(await own.about('mute', id), null);
  });

  it('is refused in words where it cannot be understood, and breaks where something else is wrong', async () => {
    const own = acts();
    for (const done of [own.mute({ filter: 'x', why: 'y' }, 'ann'), own.unmute('gone', 'ann')])
      assert.match(((await done) as { fault: string }).fault, /\.$/);
    const broken = acts({
      outbox: { ...memoryAlerts(() => NOW).outbox, mutes: async () => Promise.reject(new Error('away')) },
    });
    await assert.rejects(broken.unmute('m', 'ann'), { message: 'away' });
  });

  it('is about what is still there', async () => {
    const own = acts();
    assert.deepEqual(
      [await own.about('alert', 'crm/x/7@0'), await own.about('message', 'm'), await own.about('watch', 'w')],
      [...[null, null, null]],
    );
    assert.equal(await own.about('issue', '7'), 'issue 7');
    const events = { issues: async () => new Map([['7', { title: 'Error: x' }]]) };
    assert.equal(await acts({ ledger: { events } }).about('issue', '7'), 'Error: x (issue 7)');
  });
});
