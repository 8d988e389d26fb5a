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
    const others = rulesOf([{ when: 'anomaly', min: 20 }, 'any', 'trending', 'trending >= 4']);
    const blind = filterConditions(filterOf({ untold: others })).map((it) => it.blind);
    assert.equal(blind[0]?.at(-1), 'min: windows with fewer than 20 events alarm as well.');
    assert.equal(blind[1]?.at(-1), 'issues whose rows were not read: no record names them.');
    assert.equal(blind[2]?.[1], 'an issue that came back with fewer events than before: its score is below 0.');
    assert.equal(blind[3]?.length, 2);
  });

  it('last for as many windows more as `hold` says', () => {
    const held = rulesOf([
      { when: 'none for 30m', hold: 3 },
      { when: 'incomplete for 1h', hold: 4 },
      { when: 'none for 1d', hold: 2 },
    ]);
    const conditions = filterConditions(filterOf({ untold: held }));
    assert.deepEqual(
      conditions.map(({ levels: [level] }) => level?.lasts),
      [2400, 4500, undefined],
    );
    assert.equal(conditions[2]?.onlyHere, 'New Relic watches a value for a day at most');
  });
});

describe('the sentences that New Relic cannot judge', () => {
  const SPAN = 'it adds windows up, and there a window that two servers send would count twice.';
  const LETTERS =
    'its text counts in letters of any case, LIKE of New Relic tells them apart, and records cut long titles.';
  const notes = (projects: readonly string[], sentences: Parameters<typeof rulesOf>[0]): readonly string[] => {
    const made = filterConditions(filterOf({ name: 'shop', projects, untold: rulesOf(sentences) }));
    const text = newrelicAlerts(made, []).replaceAll(/\n# (?!Not here|A folder|\n)/g, ' ');
    return [...text.matchAll(/^# Not here: (.*)$/gm)].map(([, said]) => said!);
  };

  it('are named each with its own reason', () => {
    assert.deepEqual(
      notes(
        ['web', 'api'],
        [
          'users > 5',
          'users > 6 in 1h',
          'events > 9 in 1h',
          { when: 'events > 3 in 15m', each: 'issue' },
          'top 10 of 7d',
          'title has "card"',
          'none for 2d',
          'incomplete for 3d',
        ],
      ),
      [
        'shop: users > 5: users of several projects cannot be added up, and a record has those of one.',
        'shop: users > 6 in 1h: users of several windows cannot be added up, and a record has those of one.',
        `shop: events > 9 in 1h: ${SPAN}`,
        `shop: events > 3 in 15m: ${SPAN}`,
        'shop: top 10 of 7d: it ranks the issues of whole days, and New Relic judges one window after the other.',
        `shop: title has "card": ${LETTERS}`,
        'shop: none for 2d: New Relic watches a value for a day at most.',
        'shop: incomplete for 3d: New Relic waits for a signal for two days at most.',
      ],
    );
  });

  it('are not those whose number stands in a record', () => {
    const alerts = ['users > 5', { when: 'users > 5', each: 'issue', name: 'hit' } as const, 'none for 1d'];
    const each = { when: 'events > 3', each: 'issue', hold: 2 } as const;
    assert.deepEqual(notes(['web'], [...alerts, each, 'incomplete for 2d']), []);
    const made = filterConditions(filterOf({ name: 'shop', projects: ['web'], untold: rulesOf([...alerts, each]) }));
    const text = newrelicAlerts(made, []);
    assert.deepEqual(
      made.map(({ key }) => key),
      ['users_shop', 'users_each_shop', 'none_shop', 'events_each_shop'],
    );
    const facet = 'FACET sentryIssueId, message, sentryUrl';
    const where = (type: string): string => `FROM SentryMonitoring WHERE type = '${type}' AND \`filter\` = 'shop'`;
    for (const query of [
      `SELECT max(users) ${where('filter_count')}"`,
      `SELECT max(users) ${where('sentry_issue')} ${facet}"`,
      `SELECT max(count) ${where('sentry_issue')} ${facet}"`,
    ])
      assert.ok(text.includes(query), query);
    assert.match(text, /# shop: an issue with more than 3 events in each of two windows\./);
  });
});
