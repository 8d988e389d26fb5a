import assert from 'node:assert/strict';
import type { InUse } from '../../../../src/core/alerts/outbox/relay.ts';
import type { ChannelPolicy } from '../../../../src/core/ports/alerting/channel.ts';
import { createProofs } from '../../../../src/core/telling/own/post-proofs.ts';

const DAY = 86_400_000;
/** A Friday. */
const FRIDAY = Date.UTC(2026, 10, 20, 7, 0);

describe('proofs of channels', () => {
  /** Ids of what is posted at these instants, by one process. */
  async function posted(more: Partial<ChannelPolicy>, ...instants: readonly number[]): Promise<readonly string[]> {
    const ids: string[] = [];
    let now = 0;
    const outbox = { post: async (_channel: string, { id }: { id: string }) => void ids.push(id) };
    const proofs = createProofs({ outbox, now: () => now, server: 'host-1' });
    const policy: ChannelPolicy = { name: 'crm', budget: null, quiet: null, severity: 'info', ...more };
    for (now of instants) await proofs(new Map([['crm', { policy } as InUse]]));
    return ids;
  }

  it('are due each Monday, or each day, at eight', async () => {
    assert.deepEqual(await posted({ proof: 'weekly' }, FRIDAY, FRIDAY + 3 * DAY, FRIDAY + 3.1 * DAY), [
      'own/proof/crm@2026-11-16T08:00:00.000Z',
      'own/proof/crm@2026-11-23T08:00:00.000Z',
    ]);
    assert.deepEqual(await posted({ proof: 'daily' }, FRIDAY, FRIDAY + DAY / 12), [
      'own/proof/crm@2026-11-19T08:00:00.000Z',
      'own/proof/crm@2026-11-20T08:00:00.000Z',
    ]);
  });

  it('are not sent to who does not want them, nor in quiet hours', async () => {
    assert.deepEqual(await posted({}, FRIDAY), []);
    const quiet = { from: 6 * 60, to: 9 * 60, zone: 'UTC' };
    assert.deepEqual(await posted({ proof: 'daily', quiet }, FRIDAY, FRIDAY + DAY / 12, FRIDAY + DAY / 6), [
      'own/proof/crm@2026-11-20T08:00:00.000Z',
    ]);
  });
});
