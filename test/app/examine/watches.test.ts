import assert from 'node:assert/strict';
import { inspectPatterns } from '../../../src/app/examine/index.ts';
import { watchLines } from '../../../src/commands/check/watches.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';

const TEXT = `channels:
  crm: { email: [lead@example.com] }
watches:
  github: { url: 'https://api.example.com', every: 30m, value: 'open[', tell: crm, alerts: [value > 1, stale for 1h] }
  hub:
    url: https://api.example.com
    value: length(items)
  site: { http: 'https://www.example.com', tell: [], alerts: [value > 399] }
filters:
  - { name: crm-web, projects: [web] }
`;

describe('watches, without a network', () => {
  const set = loadFilters([{ path: '/etc/f.yaml', text: TEXT }], [], partKinds);

  it('are told by line where no answer can have their value', async () => {
    assert.deepEqual(set.faults, []);
    assert.deepEqual(
      (await inspectPatterns(set)).map(({ status, where, say }) => `${status} ${where}: ${say}`),
      [
        'failed /etc/f.yaml:4: github: value: is no expression of JMESPath: Syntax error: expected Star, got: EOF; ' +
          'see jmespath.org',
      ],
    );
  });

  it('have a line each: how often, and who is told', () => {
    assert.deepEqual(watchLines(set), [
      'github: every 30 min; alerts: 2 rules tell crm',
      'hub: every 5 min',
      'site: every 5 min; alerts: 1 rule tells nobody',
    ]);
  });
});
