import assert from 'node:assert/strict';
import { grafanaDashboard } from '../../../../src/commands/generate/text/prometheus/grafana-dashboard.ts';

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly [key: string]: unknown;
}

interface Dashboard {
  readonly editable: boolean;
  readonly annotations: unknown;
  readonly description: string;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly {
    readonly title: string;
    readonly interval?: string;
    readonly description: string;
    readonly datasource: { readonly uid: string };
    readonly targets: readonly { readonly expr: string; readonly interval?: string }[];
  }[];
}

const DASHBOARD = JSON.parse(grafanaDashboard(['A note.'])) as Dashboard;
const QUERIES = DASHBOARD.panels.flatMap(({ title, interval, targets }) =>
  targets.map(({ expr }) => ({ title, interval, expr })),
);

describe('the dashboard for Grafana', () => {
  it('lets one choose several jobs and servers, and reads them anew with the time range', () => {
    const [source, ...others] = DASHBOARD.templating.list;
    assert.deepEqual([source!.name, source!.type, source!.label], ['datasource', 'datasource', 'Data source']);
    assert.deepEqual(
      others.map(({ name, label, type, refresh, multi, includeAll, allValue, definition }) => [
        name,
        label,
        type,
        refresh,
        multi,
        includeAll,
        allValue,
        definition,
      ]),
      [
        ['job', 'Job', 'query', 2, true, true, '.+', 'label_values(sentry_monitor_runs_total, job)'],
        [
          'instance',
          'Instance',
          'query',
          2,
          true,
          true,
          '.+',
          'label_values(sentry_monitor_runs_total{job=~"$job"}, instance)',
        ],
      ],
    );
  });

  it('asks only for these, in every query', () => {
    assert.ok(QUERIES.length >= 16);
    for (const { title, expr } of QUERIES) {
      const names = expr.match(/\b(?:sentry_monitor|process|nodejs)_\w+/g)!;
      const matched = expr.match(/\b(?:sentry_monitor|process|nodejs)_\w+\{job=~"\$job", instance=~"\$instance"[,}]/g);
      assert.equal(matched?.length, names.length, title);
    }
  });

  it('looks at what rises over the step of the chart, which is a quarter of an hour at least for runs', () => {
    for (const { title, interval, expr } of QUERIES) {
      const spans = [...expr.matchAll(/\[([^\]]+)\]/g)].map(([, span]) => span);
      assert.ok(
        spans.every((span) => span === '$__rate_interval'),
        title,
      );
      assert.equal(interval, spans.length > 0 && expr.includes('sentry_monitor_') ? '15m' : undefined, title);
    }
    // Of a query its own would be taken for the scrape's, and four times as long is looked at.
    assert.ok(DASHBOARD.panels.every(({ targets }) => targets.every(({ interval }) => interval === undefined)));
  });

  it('is not to be edited, has its own annotations only, and says what each panel is', () => {
    assert.equal(DASHBOARD.editable, false);
    assert.deepEqual(DASHBOARD.annotations, { list: [] });
    for (const { title, description, datasource } of DASHBOARD.panels)
      assert.ok(title !== '' && description !== '' && datasource.uid === '${datasource}', title);
    assert.match(DASHBOARD.description, / A note\.$/);
  });
});
