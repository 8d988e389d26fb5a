import assert from 'node:assert/strict';
import { START } from '../../../../support/e2e/bench.ts';
import { conditions, queryOf } from '../../../../support/generate/newrelic-conditions.ts';
import { NAMES } from '../../../../support/generate/newrelic-names.ts';
import { type Row, runNrql, type Stored } from '../../../../support/generate/nrql-run.ts';
import { attributesOf, parseNrql, type Query } from '../../../../support/generate/nrql.ts';
import {
  playStage,
  type Stage,
  STAGE_FILTERS,
  truth,
  WINDOW,
  WINDOWS,
} from '../../../../support/generate/played-windows.ts';
import type { Block } from '../../../../support/generate/terraform.ts';

const DAY = 86_400_000;

describe('the alerts for New Relic over what two servers sent', () => {
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
        // No server of this stage has a ledger, or channels.
        assert.ok(
          ['behind', 'messagesFailed'].includes(attribute) || own.some(({ record }) => record[attribute] !== undefined),
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
