import assert from 'node:assert/strict';
import { channels } from '../../../src/integrations/channels/index.ts';

describe('the budget of a channel that says none', () => {
  it('is 60 messages an hour for people, 12 for pagers, 20 tickets a day, and none for machines and the log', () => {
    const said = Object.entries(channels).map(([vendor, { budget }]) => {
      return [vendor, budget === null ? 'none' : `${budget.count} in ${budget.perMs / 60_000}`];
    });
    assert.deepEqual(Object.fromEntries(said), {
      console: 'none',
      webhook: 'none',
      email: '60 in 60',
      jira: '20 in 1440',
      slack: '60 in 60',
      'slack-webhook': '60 in 60',
      telegram: '60 in 60',
      teams: '60 in 60',
      discord: '60 in 60',
      pagerduty: '12 in 60',
    });
  });
});
