import assert from 'node:assert/strict';
import type { Mute } from '../../../../src/core/model/alerting/rule.ts';
import type { PageAlerting } from '../../../../src/server/pages/data/alerts/of-page.ts';
import { createMessages } from '../../../../src/server/pages/messages/index.ts';
import { statusBlocks } from '../../../../src/server/pages/status/blocks.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { decide, tellingIn } from '../../../support/alerting/stage.ts';
import { AT } from '../../../support/alerting/outbox-bench.ts';
import { textIn } from '../../../support/pages/read-page.ts';
import { createClock } from '../../../support/time/clock.ts';

const MUTE: Mute = {
  id: 'f.yaml:3',
  what: { kind: 'filter', name: 'shop' },
  until: { kind: 'instant', at: AT + 3_600_000 },
  why: 'moving',
  since: AT,
};

/** Who may be told: one channel, and a mute of a file. */
function alertingOf(given: Partial<PageAlerting> = {}): PageAlerting {
  return {
    ...memoryAlerts(() => AT),
    channels: () => ['crm'],
    log: 'console',
    mutes: async () => [MUTE],
    fileMutes: () => [MUTE],
    hidden: async () => new Map(),
    isWanted: () => true,
    ...given,
  };
}

describe('the page of messages by its address', () => {
  const page = async (alerting: PageAlerting | undefined, search = '') => {
    const clock = createClock(() => true, AT);
    const options = { ...clock, alerting, server: 'host-1', redact: (text: string) => text.replaceAll('s3cret', '…') };
    const { text } = await createMessages({ ...options, inForce: () => ({ filters: [] }) })(
      new URLSearchParams(search),
    );
    return textIn(text);
  };

  it('shows nobody where nobody can be told anything', async () => {
    for (const alerting of [undefined, alertingOf({ isWanted: () => false })])
      assert.match(await page(alerting), /No channel is set up/);
  });

  it('shows who is told, what is held back in groups, and how much a mute holds', async () => {
    const alerting = alertingOf();
    const tellings = [tellingIn('crm', 'shop', AT), tellingIn('crm', 'back', AT)];
    await decide(alerting.alerts, { tellings }, ['shop', 'back']);
    const text = await page(alerting);
    assert.match(text, /crm never yet/);
    assert.match(text, /Held back 2 pieces of news/);
    assert.match(text, /filter shop/);
  });

  it('shows the log, which needs no file, as well; one that no file has any more is gone', async () => {
    const { outbox, ...alerting } = alertingOf();
    const seen = ['console', 'old'].map((name) => ({
      ...{ channel: name, lastSuccess: AT - 9 * 86_400_000, counts: {}, lastError: null },
    }));
    const text = await page({ ...alerting, outbox: { ...outbox, channels: async () => seen } });
    assert.match(text, /✓ console \d+ Nov [\d:]+ 9 days ago 0/);
    assert.match(text, /· old in no file of this server/);
  });

  it('says so, without secrets, when the ledger cannot be read', async () => {
    const mutes = async () => Promise.reject(new Error('s3cret is away'));
    assert.match(await page(alertingOf({ mutes })), /The ledger cannot be read: internal error: … is away\./);
  });
});

describe('channels on the page of the status', () => {
  const text = async (alerting: PageAlerting | undefined) => {
    const sources = { schedules: async () => [], jobs: () => [], alerting };
    return textIn(
      (
        await statusBlocks(
          sources,
          { now: AT, hasActions: false },
          createClock(() => true, AT),
        )
      ).text,
    );
  };

  it('are there where somebody can be told something', async () => {
    assert.match(await text(alertingOf()), /crm never yet/);
    assert.equal(await text(alertingOf({ isWanted: () => false })), '');
    assert.equal(await text(undefined), '');
  });
});
