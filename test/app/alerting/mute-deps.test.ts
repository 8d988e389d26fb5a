import assert from 'node:assert/strict';
import { muteDeps } from '../../../src/app/alerting/mute-deps.ts';
import { readMute } from '../../../src/core/telling/mutes/read-mute.ts';
import { planOf, watchRule } from '../../support/watches/plans.ts';

describe('what may be muted', () => {
  const inForce = { filters: [], channels: [], mutes: [], watches: [planOf(watchRule({ kind: 'above', limit: 1 }))] };
  const { known, told } = muteDeps({ inForce, outbox: {}, by: 'cli', now: 0, server: 's', uuid: () => 'u' } as never);

  it('is a watch by its name, and its rule, as a filter is; its channels are told of a mute of all', () => {
    for (const words of [{ filter: 'github' }, { rule: 'github/r' }, { rule: 'a sentence' }])
      assert.equal(readMute({ ...words, why: 'x' }, known, 0).why, 'x');
    assert.throws(() => readMute({ filter: 'gitlab', why: 'x' }, known, 0), /gitlab/);
    assert.deepEqual(told, ['crm']);
  });
});
