import assert from 'node:assert/strict';
import { conditionsOf } from '../../../../../src/commands/generate/text/conditions/index.ts';
import { newrelicAlerts } from '../../../../../src/commands/generate/text/newrelic/alerts.ts';
import { newrelicDashboards } from '../../../../../src/commands/generate/text/newrelic/dashboard.ts';
import { alerts } from '../../../../../src/commands/generate/text/newrelic/index.ts';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { FOUR } from '../../../../support/rules/rules.ts';

interface Dashboard {
  readonly name: string;
  readonly description: string;
  readonly pages: readonly { readonly name: string; readonly widgets: readonly unknown[] }[];
}

function dashboardsOf(filters: readonly Filter[], notes: readonly string[] = []): readonly Dashboard[] {
  return newrelicDashboards(filters, { account: 1, notes }).map((text) => JSON.parse(text) as Dashboard);
}

function filters(count: number, rest: (n: number) => Partial<Filter>): readonly Filter[] {
  return Array.from({ length: count }, (_, n) =>
    filterOf({ name: `filter-${String(n).padStart(4, '0')}`, ...rest(n) }),
  );
}

/** Conditions by the policy that they belong to, in the order of the policies. */
function policies(text: string): Record<string, readonly string[]> {
  const found: Record<string, string[]> = Object.fromEntries(
    [...text.matchAll(/^resource "newrelic_alert_policy" "(\w+)"/gm)].map(([, name]) => [name, []]),
  );
  for (const [, name, policy] of text.matchAll(
    /^resource "newrelic_nrql_alert_condition" "([\w-]+)" \{\n +policy_id += newrelic_alert_policy\.(\w+)\.id$/gm,
  ))
    found[policy!]!.push(name!);
  return found;
}

describe('what New Relic takes at most', () => {
  it('is 25 pages in a dashboard: 24 teams and the runs are one, one team more are two', () => {
    const teams = (count: number): readonly Filter[] => filters(count, (n) => ({ team: `team-${n + 100}` }));
    assert.deepEqual(
      [dashboardsOf(teams(24)), dashboardsOf(teams(25))].map((all) =>
        all.map(({ name, pages }) => [name, pages.length]),
      ),
      [
        [['Sentry monitor', 25]],
        [
          ['Sentry monitor (1 of 2)', 25],
          ['Sentry monitor (2 of 2)', 1],
        ],
      ],
    );
  });

  it('is 150 widgets on a page: 500 filters of one team are 25 pages of theirs, and one of the runs', () => {
    const pages = dashboardsOf(filters(500, () => ({ team: 'shop' }))).flatMap((it) => it.pages);
    assert.equal(pages.length, 26);
    for (const { name, widgets } of pages) assert.ok(widgets.length <= 150, name);
    assert.equal(new Set(pages.map(({ name }) => name)).size, 26);
  });

  it('is 1,024 characters of a description, whatever is noted', () => {
    const [made] = dashboardsOf([filterOf()], ['x'.repeat(2000)]);
    assert.equal(made!.description.length, 1024);
    assert.ok(made!.description.endsWith('…'));
    assert.ok(dashboardsOf([filterOf()], ['short'])[0]!.description.endsWith(' short'));
  });

  it('is 1,000 conditions in a policy: 248 filters with four alerts fit beside the six of the runs, 249 do not', () => {
    const sizes = (count: number): readonly number[] =>
      Object.values(policies(newrelicAlerts(conditionsOf(filters(count, () => ({ untold: FOUR }))), []))).map(
        ({ length }) => length,
      );
    assert.deepEqual(sizes(248), [998]);
    assert.deepEqual(sizes(249), [998, 4]);
  });

  it('gives each policy an output, and leaves the first one’s names as they are', () => {
    const text = newrelicAlerts(conditionsOf(filters(600, () => ({ untold: FOUR }))), []);
    assert.deepEqual(
      [
        ...text.matchAll(
          /^(?:output|resource "newrelic_alert_policy") "(\w+)" \{\n.*\n?.*value += (\S+)|^ {2}name = (".*")$/gm,
        ),
      ]
        .map(([, output, value, name]) => name ?? `${output} ${value}`)
        .slice(0, 6),
      [
        '"sentry-monitor"',
        '"sentry-monitor 2"',
        '"sentry-monitor 3"',
        'policy_id newrelic_alert_policy.sentry_monitor.id',
        'policy_id_2 newrelic_alert_policy.sentry_monitor_2.id',
        'policy_id_3 newrelic_alert_policy.sentry_monitor_3.id',
      ],
    );
    // No filter's conditions are in two.
    const owners = Object.values(policies(text)).map(
      (names) => new Set(names.filter((name) => /_filter-/.test(name)).map((name) => name.slice(-4))),
    );
    assert.equal(
      owners.reduce((sum, { size }) => sum + size, 0),
      600,
    );
  });

  it('is 4,000 conditions in an account: 998 filters with four alerts are made, 999 are refused with what to do', () => {
    const made = (count: number): object =>
      alerts.make({ filters: filters(count, () => ({ untold: FOUR })), account: 0, notes: [] });
    assert.ok('texts' in made(998));
    assert.deepEqual(made(999), {
      refused:
        '4002 conditions, and New Relic takes 4000 in an account: take alerts: from filters that nobody is called for, or give each account a filters file of its own',
    });
  });
});

describe('pages of the New Relic dashboard', () => {
  it('have names that differ, whatever the teams are called', () => {
    const called = (...teams: readonly (string | undefined)[]): readonly string[] =>
      dashboardsOf(teams.map((team, n) => filterOf({ name: `f-${n}`, team })))[0]!.pages.map(({ name }) => name);
    assert.deepEqual(called('Runs', 'No team', 'shop', undefined), [
      'Team No team',
      'Team Runs',
      'shop',
      'No team',
      'Runs',
    ]);
    assert.deepEqual(called('No team'), ['No team', 'Runs']);
    assert.deepEqual(called('Runs', 'Team Runs'), ['Team Runs', 'Team Team Runs', 'Runs']);
  });

  it('have names that differ, where a team is called as a part of another one’s filters', () => {
    const two = [
      ...filters(21, () => ({ team: 'shop' })),
      filterOf({ name: 'one', team: 'shop (2 of 2)' }),
      filterOf({ name: 'two', team: 'Shop' }),
    ];
    assert.deepEqual(
      dashboardsOf(two)[0]!.pages.map(({ name }) => name),
      ['Shop', 'shop (1 of 2)', 'shop (2 of 2)', 'Team shop (2 of 2)', 'Runs'],
    );
  });
});
