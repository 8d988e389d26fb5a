import assert from 'node:assert/strict';
import { heldPart } from '../../../../src/server/pages/messages/held.ts';
import { endSaid } from '../../../../src/server/pages/alerts/words.ts';
import { AT } from '../../../support/alerting/outbox-bench.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { tellingIn } from '../../../support/alerting/stage.ts';
import { textIn } from '../../../support/pages/read-page.ts';

describe('what is held back', () => {
  it('of an issue has its title, and waits for the next run where nothing holds it', () => {
    const telling = tellingIn('crm', 'shop', AT, { alert: alertOf({ at: AT }) });
    const tellings = [{ ...telling, fate: 'pending' as const, messageId: null, reason: null }];
    const held = [{ channel: 'crm', fate: 'pending' as const, reason: null, tellings }];
    const text = textIn(heldPart({ held, heldTotal: 1 }, AT)!.text);
    assert.match(
      text,
      /waits to be told with the next run crm-checkout : firing, trending , TypeError: x is undefined/,
    );
    assert.doesNotMatch(text, /not shown|other/);
  });

  it('ends by a time, after events, with a release, or when it is over', () => {
    const said = (until: Parameters<typeof endSaid>[0]): string => textIn(endSaid(until, AT).text);
    assert.equal(said({ kind: 'events', count: 1 }), 'after 1 event');
    assert.equal(said({ kind: 'events', count: 500 }), 'after 500 events');
    assert.equal(said({ kind: 'release', name: 'shop@2' }), 'with release shop@2');
    assert.equal(said({ kind: 'resolved' }), 'when it is over');
    assert.equal(said({ kind: 'instant', at: AT + 3_600_000 }), '11:00');
  });
});
