import assert from 'node:assert/strict';
import { filterConditions } from '../../../../../src/commands/generate/text/conditions/filters.ts';
import { newrelicAlerts } from '../../../../../src/commands/generate/text/newrelic/alerts.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { rulesOf } from '../../../../support/rules/rules.ts';

describe('the conditions of sentences', () => {
  const made = filterConditions(
    filterOf({
      name: 'shop',
      untold: rulesOf([
        'new',
        { when: 'regressed', min: 5, except: { level: 'info' } },
        'none for 30m',
        'incomplete for 1h',
        { when: 'events > 7', hold: 3, clear: 6, severity: 'info' },
        { when: 'events > 9', name: 'many' },
        'users > 5',
        'events > 9 in 1h',
        { when: 'events > 3', each: 'issue' },
        'top 10 of 7d',
        'title has "card"',
      ]),
    }),
  );
  const text = newrelicAlerts(made, []);

  it('have keys of their own, also where several are of one kind', () => {
    assert.deepEqual(
      made.slice(0, 6).map(({ key }) => key),
      ['new_shop', 'regressed_shop', 'none_shop', 'missing_shop', 'above_shop_events_7', 'above_shop_many'],
    );
    assert.equal(new Set(made.map(({ key }) => key)).size, made.length);
  });

  it('say what is watched, how long, and how bad it is', () => {
    assert.deepEqual(
      made.slice(0, 6).map(({ levels: [level] }) => [level?.severity, level?.test, level?.lasts]),
      [
        ['critical', { is: 'above', limit: 0 }, 0],
        ['critical', { is: 'above', limit: 0 }, 0],
        ['critical', { is: 'below', limit: 1 }, 1800],
        ['critical', { is: 'missing' }, 3600],
        ['warning', { is: 'above', limit: 7 }, 900],
        ['critical', { is: 'above', limit: 9 }, 0],
      ],
    );
    assert.match(text, /AND state = 'new' FACET sentryIssueId/);
    assert.match(text, /operator += "below"\n +threshold += 1\n +threshold_duration += 1800\n/);
    assert.match(text, /expiration_duration += 3600\n/);
  });

  it('say of each what it cannot see, its options included', () => {
    assert.deepEqual(made[1]?.blind.slice(-2), [
      'min: issues with fewer than 5 events alarm as well.',
      'except: what it leaves out alarms as well.',
    ]);
    assert.equal(made[4]?.blind.at(-1), 'clear: 6: it closes in its own time.');
    assert.match(text, /# Cannot see: min: issues with fewer than 5 events alarm as well\.\n/);
  });

  it('name those that New Relic cannot judge', () => {
    const [line] = /# Not here, because no record that New Relic is sent tells it: [^.]*\./.exec(
      text.replaceAll('\n# ', ' '),
    )!;
    for (const sentence of ['users > 5', 'events > 9 in 1h', 'events > 3', 'top 10 of 7d', 'title has "card"'])
      assert.ok(line.includes(`shop: ${sentence}`), sentence);
  });
});
