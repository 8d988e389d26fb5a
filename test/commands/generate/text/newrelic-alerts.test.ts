import assert from 'node:assert/strict';
import { newrelicAlerts } from '../../../../src/commands/generate/text/newrelic-alerts.ts';
import type { FilterAlert } from '../../../../src/core/model/filter.ts';
import { filterOf } from '../../../support/build/reports.ts';
import { START } from '../../../support/e2e/bench.ts';
import { NAMES } from '../../../support/generate/newrelic-names.ts';
import { type Row, runNrql, type Stored } from '../../../support/generate/nrql-run.ts';
import { attributesOf, parseNrql, type Query } from '../../../support/generate/nrql.ts';
import {
  playStage,
  type Stage,
  STAGE_FILTERS,
  truth,
  WINDOW,
  WINDOWS,
} from '../../../support/generate/played-windows.ts';
import {
  type Block,
  evaluated,
  objections,
  plainText,
  resourcesIn,
  terraformHere,
} from '../../../support/generate/terraform.ts';

const ALERT: FilterAlert = { above: 100, anomaly: true, missing: true, trending: 4 };
const FILTERS = STAGE_FILTERS.map((filter) =>
  filterOf({ ...filter, alert: ALERT, labels: { service: 'shop' }, runbook: 'https://wiki.example.com/x' }),
);
const TEXT = newrelicAlerts(FILTERS, ['13 filters.']);
const HERE = terraformHere();
const DAY = 86_400_000;

/** By hand from the reference (IA §D.2) and the provider's page that it cites (TF). */
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
  'open_violation_on_expiration',
  'close_violations_on_expiration',
  'baseline_direction',
  'nrql',
  'critical',
  'warning',
]);
const TERM = ['operator', 'threshold', 'threshold_duration', 'threshold_occurrences'];

async function conditions(text = TEXT): Promise<readonly (readonly [string, Block])[]> {
  const { newrelic_nrql_alert_condition: found = {} } = await resourcesIn(text);
  return Object.entries(found).map(([name, blocks]) => [name, blocks[0]!] as const);
}

function queryOf(condition: Block): string {
  return plainText((condition['nrql'] as readonly Block[])[0]!['query']);
}

function termsOf(condition: Block): readonly Block[] {
  return ['critical', 'warning'].flatMap((severity) => (condition[severity] as readonly Block[] | undefined) ?? []);
}

describe('the alerts for New Relic', function () {
  // Terraform and the parser are programs of their own.
  this.timeout(60_000);

  it(`are Terraform that ${HERE === 'none' ? 'an HCL parser takes (terraform is not on this machine)' : `terraform ${HERE === 'validate' ? 'validates' : 'takes (fmt and an HCL parser; its provider is not on this machine)'}`}`, async () => {
    assert.equal(HERE === 'none' ? '' : objections(TEXT, HERE), '');
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
      ...FILTERS.flatMap(({ name }) => ['missing', 'above', 'anomaly', 'trending'].map((kind) => `${kind}_${name}`)),
    ];
    assert.deepEqual(names.toSorted(), wanted.toSorted());
    const none = newrelicAlerts(
      [
        filterOf({ alert: {} }),
        filterOf({ name: 'b', alert: { anomaly: false, missing: false } }),
        filterOf({ name: 'c' }),
      ],
      [],
    );
    assert.deepEqual((await conditions(none)).length, 4);
    const zero = newrelicAlerts([filterOf({ alert: { above: 0, trending: 0 } })], []);
    assert.deepEqual((await conditions(zero)).length, 6);
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
      assert.deepEqual([window, method, timer], [300, 'event_timer', 60], name);
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
    assert.equal(blocks.length, 4 + 4 * FILTERS.length);
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
    const found = await conditions(newrelicAlerts([filterOf({ labels, alert: { above: 1 } })], []));
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
    const odd = newrelicAlerts(
      texts.map((label, index) => filterOf({ name: `f-${index}`, labels: { label }, alert: { missing: true } })),
      [],
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
    const quoted = [...odd.matchAll(/^ {2}description +=(.*)$/gm)].map(([, text]) => text!).slice(4);
    assert.deepEqual(evaluated(quoted), read);
  });
});

describe('the alerts for New Relic over what two servers sent', function () {
  this.timeout(60_000);

  let stage: Stage;
  let found: ReadonlyMap<string, Block>;

  before(async () => {
    stage = await playStage();
    found = new Map(await conditions());
  });
  after(() => stage?.bench.close());

  /** What the condition sees in each window of five minutes. */
  function signal(name: string, stored: readonly Stored[] = stage.stored): readonly Row[] {
    const query: Query = parseNrql(queryOf(found.get(name)!));
    return runNrql({ ...query, since: DAY, timeseries: WINDOW, limit: 'MAX' }, stored, START + 2 * WINDOWS * WINDOW);
  }

  function byWindow(rows: readonly Row[]): readonly unknown[] {
    return rows.toSorted((a, b) => a.at! - b.at!).map(({ values }) => Object.values(values)[0]);
  }

  it('name nothing that is not in the contract, and nothing that was not sent', () => {
    for (const [name, condition] of found) {
      const query = parseNrql(queryOf(condition));
      const type = query.where.find(({ attribute }) => attribute === 'type')?.values[0] as string | undefined;
      assert.equal(type === undefined, query.from === 'SentryMonitorRun', name);
      const own = stage.stored.filter(
        ({ record }) => record['eventType'] === query.from && (type === undefined || record['type'] === type),
      );
      for (const attribute of attributesOf(query)) {
        assert.ok(
          NAMES[type ?? (query.from as string)]?.includes(attribute),
          `${name}: ${attribute} is not in the contract`,
        );
        assert.ok(
          own.some(({ record }) => record[attribute] !== undefined),
          `${name}: ${attribute} was never sent`,
        );
      }
    }
  });

  it('see each window’s true count once, however often it was sent', () => {
    const shop = STAGE_FILTERS[0]!;
    const counts = Array.from({ length: WINDOWS }, (_, window) =>
      shop.projects.reduce((sum, project) => sum + truth(shop, project, window), 0),
    );
    assert.deepEqual(byWindow(signal('above_shop-all')), counts);
    assert.deepEqual(byWindow(signal('anomaly_shop-all')), counts);
    assert.deepEqual(counts, [18, 24, 18, 48, 58, 18]);
    assert.deepEqual(byWindow(signal('above_alone')), [0, 0, 0, 0, 0, 0]);
  });

  it('see a trending issue by its score, only while it trends', () => {
    assert.deepEqual(
      signal('trending_shop-checkout').map(({ facet, values }) => [facet[0], facet[1], values['max']]),
      [
        ['901', 'Error: checkout is "new" \\ here', 9.8],
        ['901', 'Error: checkout is "new" \\ here', 9.32],
      ],
    );
    assert.deepEqual(signal('trending_ops'), []);
    const {
      expiration_duration: expires,
      close_violations_on_expiration: closes,
      open_violation_on_expiration: opens,
    } = found.get('trending_ops')! as Record<string, unknown>;
    assert.deepEqual([expires, closes, opens], [900, true, false]);
  });

  it('lose the signal of the runs when none but failed ones come, and of a filter when its count has no value', () => {
    const lasting = (name: string, stored: readonly Stored[]): number => signal(name, stored).length;
    const failed = stage.stored.filter(
      ({ record }) => record['eventType'] !== 'SentryMonitorRun' || record['outcome'] === 'failed',
    );
    assert.equal(failed.filter(({ record }) => record['outcome'] === 'failed').length, 1);
    assert.deepEqual([lasting('runs_missing', stage.stored), lasting('runs_missing', failed)], [WINDOWS, 0]);
    const unread = stage.stored.map(({ timestamp, record: { value: _, ...record } }) => ({ timestamp, record }));
    assert.deepEqual([lasting('missing_alone', stage.stored), lasting('missing_alone', unread)], [WINDOWS, 0]);
    for (const name of ['runs_missing', 'missing_alone']) {
      const { expiration_duration: expires, open_violation_on_expiration: opens } = found.get(name)! as Record<
        string,
        unknown
      >;
      assert.deepEqual([expires, opens], [3 * 300, true], name);
    }
  });

  it('see failed and incomplete filters of the worst run', () => {
    assert.deepEqual(byWindow(signal('runs_failed')), [0, 0, 0, 0, 0, 13]);
    assert.deepEqual(byWindow(signal('runs_incomplete')), [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(byWindow(signal('filters_faulty')), [0, 0, 0, 0, 0, 0]);
  });
});
