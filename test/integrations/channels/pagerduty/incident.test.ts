import assert from 'node:assert/strict';
import { incidentOf } from '../../../../src/integrations/channels/pagerduty/incident.ts';

describe('the incident of a message without alerts', () => {
  it('is one for all that speak of the same matter, and ends with it', () => {
    const about = (id: string, isOver: boolean) => incidentOf({ id, alerts: [], matter: { key: 'away', isOver } });
    assert.equal(about('m1', false).key, about('m2', true).key);
    assert.deepEqual([about('m1', false).action, about('m2', true).action], ['trigger', 'resolve']);
    const alone = incidentOf({ id: 'm1', alerts: [] });
    assert.equal(alone.action, 'trigger');
    assert.notEqual(alone.key, about('m1', false).key);
  });
});
