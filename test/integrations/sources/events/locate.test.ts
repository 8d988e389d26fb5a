import assert from 'node:assert/strict';
import { createSource } from '../../../../src/integrations/sources/events/source.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { eventOf } from '../../../support/events/events.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';

describe('an event that the source of events looks for', () => {
  it('is known by its id once it is stored for one of its intakes', async () => {
    const store = fakeStore();
    const source = createSource({
      name: 'events',
      store,
      names: ['crm-web', 'crm-api'],
      settleMs: 0,
      pageOf: (id) => id,
      taken: async () => undefined,
      listener: { name: 'intakes' },
      maxRows: 1,
      baselines: [],
      now: () => 0,
    });
    assert.equal(await source.locate!('e1', scopeOf()), null);
    store.put('crm-api', eventOf('e1', { issueId: '7' }));
    store.put('other', eventOf('e2'));
    assert.deepEqual(await source.locate!('e1', scopeOf()), { issue: '7', project: 'crm-api' });
    assert.equal(await source.locate!('e2', scopeOf()), null);
  });
});
