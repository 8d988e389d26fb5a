import assert from 'node:assert/strict';
import { newrelicDashboards } from '../../../../../src/commands/generate/text/newrelic/dashboard.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { NAMES } from '../../../../support/generate/newrelic-names.ts';
import { runNrql } from '../../../../support/generate/nrql-run.ts';
import { attributesOf, levelsOf, parseNrql } from '../../../../support/generate/nrql.ts';
import { LOOKED, playStage, type Stage, STAGE_FILTERS } from '../../../../support/generate/played-windows.ts';
import { TRUTHS } from '../../../../support/generate/nrql-truths.ts';

interface Widget {
  readonly title: string;
  readonly layout: { readonly column: number; readonly row: number; readonly width: number; readonly height: number };
  readonly visualization: { readonly id: string };
  readonly rawConfiguration: {
    readonly text?: string;
    readonly nrqlQueries?: readonly { readonly accountIds: readonly number[]; readonly query: string }[];
  };
}

interface Page {
  readonly name: string;
  readonly widgets: readonly Widget[];
}

const FILTERS = STAGE_FILTERS.map((filter) => filterOf(filter));

function pagesOf(filters = FILTERS): readonly Page[] {
  return newrelicDashboards(filters, { account: 1234567, notes: [] }).flatMap(
    (text) => (JSON.parse(text) as { pages: Page[] }).pages,
  );
}

function queriesOf(
  pages: readonly Page[],
): readonly { readonly page: string; readonly title: string; readonly query: string }[] {
  return pages.flatMap(({ name, widgets }) =>
    widgets.flatMap(({ title, rawConfiguration }) =>
      (rawConfiguration.nrqlQueries ?? []).map(({ query }) => ({ page: name, title, query })),
    ),
  );
}

describe('the New Relic dashboard', () => {
  it('has a page for each team by name, filters without one last, and one for the runs', () => {
    assert.deepEqual(
      pagesOf().map(({ name }) => name),
      ["O'Ops", 'shop', 'No team', 'Runs'],
    );
  });

  it('has widgets of documented kinds side by side on twelve columns, none over another', () => {
    for (const { name, widgets } of pagesOf()) {
      const taken = new Set<string>();
      for (const {
        title,
        layout: { column, row, width, height },
        visualization,
      } of widgets) {
        assert.match(visualization.id, /^viz\.(area|bar|billboard|line|markdown|pie|table)$/);
        assert.ok(column >= 1 && row >= 1 && column + width <= 13 && height >= 1, `${name}: ${title}`);
        for (let x = column; x < column + width; x++) {
          for (let y = row; y < row + height; y++) {
            assert.ok(!taken.has(`${x},${y}`), `${name}: ${title} lies over another`);
            taken.add(`${x},${y}`);
          }
        }
      }
    }
  });

  it('gives a team of many filters several pages, so that no page and no query grows without end', () => {
    const many = Array.from({ length: 41 }, (_, n) => filterOf({ name: `filter-${n}`, team: 'shop' }));
    const pages = pagesOf(many);
    assert.deepEqual(
      pages.map(({ name, widgets }) => [name, widgets.length]),
      [
        ['shop (1 of 3)', 26],
        ['shop (2 of 3)', 26],
        ['shop (3 of 3)', 7],
        ['Runs', 8],
      ],
    );
    const named = pages
      .flatMap(({ widgets }) => widgets)
      .filter(({ title }) => title.endsWith(': events by project'))
      .map(({ title }) => title.split(':')[0]);
    assert.deepEqual(
      named,
      many.map(({ name }) => name),
    );
    for (const { query } of queriesOf(pages)) assert.ok(query.length < 2000, query);
  });

  it('asks the account it was given', () => {
    const accounts = pagesOf()
      .flatMap(({ widgets }) => widgets.flatMap(({ rawConfiguration }) => rawConfiguration.nrqlQueries ?? []))
      .flatMap(({ accountIds }) => accountIds);
    assert.deepEqual([...new Set(accounts)], [1234567]);
  });

  it('limits every facet itself, and no chart has more than 366 buckets', () => {
    for (const { title, query } of queriesOf(pagesOf())) {
      const parsed = parseNrql(query);
      assert.notEqual(parsed.since, undefined, title);
      for (const { facet, limit, timeseries } of levelsOf(parsed)) {
        assert.equal(facet.length > 0 || limit === undefined, true, title);
        if (facet.length > 0) assert.notEqual(limit, undefined, `${title}: a facet without LIMIT shows ten`);
        if (timeseries !== undefined) assert.ok(timeseries === 300_000 && parsed.since! / timeseries <= 366, title);
      }
    }
  });
});

describe('the New Relic dashboard over what two servers sent', () => {
  let stage: Stage;

  before(async () => {
    stage = await playStage();
  });
  after(() => stage?.bench.close());

  it('names nothing that is not in the contract, and nothing that was not sent', () => {
    for (const { title, query } of queriesOf(pagesOf())) {
      const inner = levelsOf(parseNrql(query)).at(-1)!;
      const type = inner.where.find(({ attribute }) => attribute === 'type')?.values[0] as string | undefined;
      const kind = type ?? (inner.from as string);
      const own = stage.stored.filter(
        ({ record }) => record['eventType'] === inner.from && (type === undefined || record['type'] === type),
      );
      assert.ok(
        inner.from === 'SentryMonitorRun'
          ? type === undefined
          : inner.from === 'SentryMonitoring' && type !== undefined,
        title,
      );
      for (const name of attributesOf(parseNrql(query))) {
        assert.ok(NAMES[kind]?.includes(name), `${title}: ${name} is not in the contract`);
        assert.ok(
          own.some(({ record }) => name === 'timestamp' || record[name] !== undefined),
          `${title}: ${name} was never sent`,
        );
      }
    }
  });

  it('was sent every window twice, and one of them corrected', () => {
    const held = stage.stored.filter(
      ({ record }) =>
        record['type'] === 'filter_count' &&
        record['filter'] === 'shop-all' &&
        record['windowStart'] === Date.UTC(2026, 10, 20, 10, 5),
    );
    assert.deepEqual(
      held.map(({ record }) => [record['revision'], record['value']]),
      [
        [0, 18],
        [0, 18],
        [1, 24],
        [1, 24],
        [0, 18],
        [0, 18],
      ],
    );
  });

  for (const { page, title, query } of queriesOf(pagesOf())) {
    it(`shows the truth: ${page}, ${title}`, () => {
      const judge = TRUTHS[title] ?? TRUTHS[title.split(': ')[1] ?? ''];
      assert.ok(judge !== undefined, 'a chart that nothing judges');
      const own = STAGE_FILTERS.filter(
        ({ name, team }) =>
          title === `${name}: events by project` ||
          (!title.endsWith(': events by project') && (team ?? 'No team') === page),
      );
      const rows = runNrql(parseNrql(query), stage.stored, LOOKED).map(({ facet, at, values }) => [
        ...facet,
        ...(at === undefined ? [] : [at]),
        ...Object.values(values),
      ]);
      assert.deepEqual(sorted(rows), sorted(judge(own, stage)));
      assert.ok(rows.length > 0 || title.startsWith('Trending'));
    });
  }
});

function sorted(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}
