import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { newrelicAlerts } from '../../../../../src/commands/generate/text/newrelic/alerts.ts';
import { conditionsOf } from '../../../../../src/commands/generate/text/conditions/index.ts';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { conditions, FILTERS, queryOf, TEXT } from '../../../../support/generate/newrelic-conditions.ts';
import { parseNrql } from '../../../../support/generate/nrql.ts';
import {
  type Block,
  evaluated,
  objections,
  plainText,
  resourcesIn,
  terraformHere,
} from '../../../../support/generate/terraform.ts';
import { rulesOf } from '../../../../support/rules/rules.ts';

const HERE = terraformHere();

const AS_TERRAFORM = {
  validate: 'are Terraform that terraform and its provider validate',
  fmt: 'NOT RUN: terraform validate (no provider; docs/development.md). The alerts are as terraform fmt leaves them',
  none: 'NOT RUN: terraform (docs/development.md). The alerts are what an HCL parser takes',
};

/** By hand from the reference and the provider's page that it cites (TF). */
const ATTRIBUTES = new Set([
  'policy_id',
  'name',
  'description',
  'runbook_url',
  'type',
  'violation_time_limit_seconds',
  'aggregation_window',
  'aggregation_method',
  'aggregation_timer',
  'expiration_duration',
  'fill_option',
  'open_violation_on_expiration',
  'close_violations_on_expiration',
  'baseline_direction',
  'nrql',
  'critical',
  'warning',
]);
const TERM = ['operator', 'threshold', 'threshold_duration', 'threshold_occurrences'];

function alertsOf(...filters: readonly Filter[]): string {
  return newrelicAlerts(conditionsOf(filters), []);
}

function termsOf(condition: Block): readonly Block[] {
  return ['critical', 'warning'].flatMap((severity) => (condition[severity] as readonly Block[] | undefined) ?? []);
}

describe('the alerts for New Relic', () => {
  it(AS_TERRAFORM[HERE], async () => {
    const hostile = readFileSync('test/fixtures/generate/newrelic-alerts.tf', 'utf8');
    for (const text of HERE === 'none' ? [] : [TEXT, hostile]) assert.equal(objections(text, HERE as 'fmt'), '');
    const resources = await resourcesIn(TEXT);
    assert.deepEqual(Object.keys(resources).toSorted(), ['newrelic_alert_policy', 'newrelic_nrql_alert_condition']);
    assert.deepEqual(resources['newrelic_alert_policy'], { sentry_monitor: [{ name: 'sentry-monitor' }] });
  });

  it('have a resource for each run alert and for each thing that a filter asks for', async () => {
    const names = (await conditions()).map(([name]) => name);
    const wanted = [
      'runs_missing',
      'runs_failed',
      'runs_incomplete',
      'filters_faulty',
      'windows_behind',
      'messages_lost',
      ...FILTERS.flatMap(({ name }) => ['missing', 'above', 'anomaly', 'trending'].map((kind) => `${kind}_${name}`)),
    ];
    assert.deepEqual(names.toSorted(), wanted.toSorted());
    const none = alertsOf(filterOf({ untold: [] }), filterOf({ name: 'b', alerts: [] }), filterOf({ name: 'c' }));
    assert.deepEqual((await conditions(none)).length, 6);
    const zero = alertsOf(filterOf({ untold: rulesOf(['events > 0', 'trending >= 0']) }));
    const made = await conditions(zero);
    assert.deepEqual(made.length, 8);
    const [, above] = made.find(([name]) => name.startsWith('above_'))!;
    assert.deepEqual(
      termsOf(above).map(({ operator, threshold }) => [operator, threshold]),
      [['above', 0]],
    );
  });

  it('use only attributes that the reference names, within its bounds', async () => {
    for (const [name, condition] of await conditions()) {
      assert.deepEqual(
        Object.keys(condition).filter((key) => !ATTRIBUTES.has(key)),
        [],
        name,
      );
      const {
        type,
        aggregation_window: window,
        aggregation_method: method,
        aggregation_timer: timer,
        violation_time_limit_seconds: limit,
        expiration_duration: expiration,
      } = condition as Record<string, unknown>;
      assert.deepEqual([window, method], [300, 'event_timer'], name);
      // New Relic's words: for best results the timer is as long as the window, or longer.
      assert.ok((timer as number) >= 300 && (timer as number) <= 1200, name);
      assert.equal(condition['policy_id'], '${newrelic_alert_policy.sentry_monitor.id}');
      assert.ok((limit as number) >= 300 && (limit as number) <= 2_592_000, name);
      assert.ok(expiration === undefined || ((expiration as number) >= 30 && (expiration as number) <= 172_800), name);
      assert.equal(type === 'baseline', condition['baseline_direction'] !== undefined, name);
      assert.ok(termsOf(condition).length > 0, `${name}: Terraform asks for one threshold`);
      for (const term of termsOf(condition)) {
        assert.deepEqual(Object.keys(term).toSorted(), TERM, name);
        const seconds = term['threshold_duration'] as number;
        assert.ok(seconds % 300 === 0 && seconds >= 300 && seconds <= 86_400, name);
        assert.ok(
          ['above', 'above_or_equals', 'below'].includes(term['operator'] as string) &&
            ['all', 'at_least_once'].includes(term['threshold_occurrences'] as string),
          name,
        );
        if (type === 'baseline')
          assert.ok(
            term['operator'] === 'above' && (term['threshold'] as number) >= 1 && (term['threshold'] as number) <= 1000,
            name,
          );
      }
    }
  });

  it('say of each what it cannot see, in a comment right above it', () => {
    const blocks = TEXT.split('\n\n').filter((part) => part.includes('resource "newrelic_nrql_alert_condition"'));
    assert.equal(blocks.length, 6 + 4 * FILTERS.length);
    for (const block of blocks) {
      const above = block.slice(0, block.indexOf('resource "')).trimEnd().split('\n');
      assert.ok(
        above.length >= 2 &&
          above.every((line) => line.startsWith('# ')) &&
          above.slice(1).every((line) => line.startsWith('# Cannot see: ')),
        block,
      );
    }
    assert.match(TEXT, /Counts that arrive later .* and corrections/);
  });

  it('put every signal into conditions as New Relic takes them: no LIMIT, SINCE or TIMESERIES, not nested', async () => {
    for (const [name, condition] of await conditions()) {
      const { limit, since, timeseries, from, select } = parseNrql(queryOf(condition));
      assert.deepEqual(
        [limit, since, timeseries, typeof from, select.length],
        [undefined, undefined, undefined, 'string', 1],
        name,
      );
    }
  });

  it('cut what no description could hold', async () => {
    const labels = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`label-${n}`, '👍'.repeat(500)]));
    const found = await conditions(alertsOf(filterOf({ labels, untold: rulesOf(['events > 1']) })));
    const description = plainText(found.find(([name]) => name.startsWith('above_'))![1]['description']);
    assert.equal(description.length, 2000);
    assert.ok(description.endsWith('…') && description.isWellFormed());
  });

  it('write any text so that Terraform reads that text', async () => {
    const texts = [
      'plain',
      'a "quote"',
      'back\\slash',
      '${path.module}',
      '$${x}',
      '$$${x}',
      '$$$$${x}',
      '%%%{x}',
      '%{ if true }',
      '%%{ if }',
      '100% $5 {x}',
      'tab\tline\nfeed\r',
      'end\\',
      '\u0007\u2028\u0085',
      'größe 👍',
      '\\"${x}\\',
    ];
    const odd = alertsOf(
      ...texts.map((label, index) =>
        filterOf({ name: `f-${index}`, labels: { label }, untold: rulesOf(['incomplete for 15m']) }),
      ),
    );
    const found = (await conditions(odd)).filter(([name]) => name.startsWith('missing_'));
    const read = found
      .toSorted(([a], [b]) => Number(a.split('-')[1]) - Number(b.split('-')[1]))
      .map(([, condition]) => plainText(condition['description']));
    assert.deepEqual(
      read,
      texts.map((label) => `Projects crm-web\nlabel: ${label}`),
    );
    if (HERE === 'none') return;
    const quoted = [...odd.matchAll(/^ {2}description +=(.*)$/gm)].map(([, text]) => text!).slice(7);
    assert.deepEqual(evaluated(quoted), read);
  });
});
