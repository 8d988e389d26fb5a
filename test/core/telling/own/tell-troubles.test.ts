import assert from 'node:assert/strict';
import type { ChannelWork } from '../../../../src/core/alerts/outbox/relay.ts';
import { tellTroubles } from '../../../../src/core/telling/own/tell-troubles.ts';

const work = (name: string, given: Partial<ChannelWork> = {}): ChannelWork => ({
  ...{ kind: 'outbox', name, status: 'failed', detail: 'no file sets it up', left: 0, troubles: [], ...given },
});
const trouble = (channel: string, given: Partial<ChannelWork['troubles'][number]> = {}) =>
  work(channel, {
    troubles: [{ channel, fate: 'refused', messageId: 'm-1', alerts: 2, why: 'answered 404', ...given }],
  });

async function told(...all: readonly ChannelWork[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const tell = async (kind: string, line: string): Promise<never> => lines.push(`${kind}: ${line}`) as never;
  await tellTroubles(all, { channel: 'admin', tell, tellDaily: tell, tellDirectly: tell });
  return lines;
}

describe('what the admin hears of channels', () => {
  it('is what people will not hear of, but nothing of his own channel or of his own messages', async () => {
    assert.deepEqual(
      await told(
        trouble('crm'),
        trouble('ops', { alerts: 0, fate: 'given up' }),
        trouble('long', { messageId: '', fate: 'given up', why: 'it could not be told within 15 days' }),
        trouble('admin'),
        trouble('maybe', { fate: 'uncertain' }),
        trouble('own', { messageId: 'own/file/a@2026-11-20T10:00:00.000Z' }),
      ),
      [
        'channel/crm/refused: The channel crm did not take a message with 2 alerts (refused): answered 404',
        'channel/ops/given up: The channel ops did not take a message (given up): answered 404',
        'channel/long/given up: 2 alerts for the channel long were never told (given up): ' +
          'it could not be told within 15 days',
      ],
    );
  });

  it('is once a day that a channel is gone which has something to tell', async () => {
    assert.deepEqual(await told(work('crm', { isUnknown: true }), work('admin', { isUnknown: true })), [
      'unknown/crm: There is something to tell to the channel crm, but no file sets it up: ' +
        'set it up again, or it is given up a day after it came.',
    ]);
  });
});
