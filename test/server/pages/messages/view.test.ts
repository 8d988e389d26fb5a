import assert from 'node:assert/strict';
import { messagesAddress, readMessagesView, STATES } from '../../../../src/server/pages/messages/view.ts';

describe('which messages somebody wants to see', () => {
  const read = (query: string) => readMessagesView(new URLSearchParams(query));

  it('stands in the address, and makes the same address again', () => {
    for (const [query, view] of [
      ['', {}],
      ['channel=crm', { channel: 'crm' }],
      ['channel=crm&state=given-up', { channel: 'crm', state: 'given up' }],
      ['state=sent&filter=crm-mail', { state: 'sent', filter: 'crm-mail' }],
      [
        'before=2026-11-20T10%3A00%3A00.000Z_own%2Fproof_1',
        { before: { createdAt: Date.UTC(2026, 10, 20, 10), id: 'own/proof_1' } },
      ],
    ] as const) {
      assert.deepEqual(read(query), { view, faults: [] });
      assert.equal(messagesAddress(view), query === '' ? '/messages' : `/messages?${query}`);
    }
  });

  it('has a word of its own for each fate', () => {
    assert.deepEqual(
      [...STATES.keys()],
      ['pending', 'sent', 'uncertain', 'refused', 'given-up', 'muted', 'quiet', 'grouped', 'dropped', 'held'],
    );
    for (const [word, fate] of STATES) assert.deepEqual(read(`state=${word}`).view, { state: fate });
  });

  it('takes empty fields of a form as any, and an instant alone as what comes before it', () => {
    assert.deepEqual(read('channel=&state=&filter='), { view: {}, faults: [] });
    assert.deepEqual(read('before=2026-11-20T10:00:00Z').view, {
      before: { createdAt: Date.UTC(2026, 10, 20, 10), id: '' },
    });
  });

  it('is told what cannot be had, by its name, and the rest is shown', () => {
    const { view, faults } = read(
      `channel=Crm%20x&state=lost&filter=${'a'.repeat(301)}&before=noon&channel2=x&filter=b`,
    );
    assert.deepEqual(view, {});
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      ['channel', 'state', 'filter', 'before'],
    );
    const twice = read('state=sent&state=refused&channel=crm');
    assert.deepEqual([twice.view, twice.faults.length], [{ channel: 'crm' }, 1]);
  });

  it('changes by parts', () => {
    const view = { channel: 'crm', state: 'sent', before: { createdAt: 0, id: 'm1' } } as const;
    assert.equal(messagesAddress(view, { before: undefined }), '/messages?channel=crm&state=sent');
    assert.equal(messagesAddress(view, { channel: undefined, before: undefined }), '/messages?state=sent');
    assert.equal(messagesAddress({}, { filter: 'shop' }), '/messages?filter=shop');
  });
});
