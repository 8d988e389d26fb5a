import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOLDEN, made, OUTPUTS } from '../../../support/generate/golden-files.ts';

const FILTERS = readFileSync(join(GOLDEN, 'filters.yaml'), 'utf8');

/** Lines that are only in the first, and only in the second; by a longest common subsequence. */
function changes(before: string, after: string): readonly (readonly string[])[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const [gone, come]: [string[], string[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (j === b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) gone.push(a[i++]!.trim());
    else come.push(b[j++]!.trim());
  }
  return [gone, come];
}

/** What one change of the filters file changes in each output that changes at all. */
async function effect(from: string, to: string): Promise<Record<string, readonly (readonly string[])[]>> {
  assert.equal(FILTERS.split(from).length, 2, 'it stands there once');
  const found: Record<string, readonly (readonly string[])[]> = {};
  for (const file of Object.keys(OUTPUTS)) {
    const [before, after] = [
      await made(file),
      await made(
        file,
        FILTERS.replace(from, () => to),
      ),
    ];
    if (before !== after) found[file] = changes(before, after);
  }
  return found;
}

describe('what is made of three teams', () => {
  for (const file of Object.keys(OUTPUTS)) {
    it(`is the golden file, the same each time: ${file}`, async () => {
      const text = await made(file);
      assert.equal(
        text,
        readFileSync(join(GOLDEN, file), 'utf8'),
        'node test/support/generate/golden-files.ts writes it anew; read what changed',
      );
      assert.equal(await made(file), text);
      assert.ok(text.endsWith('\n') && !/[ \t]\n/.test(text));
    });
  }

  it('says at its top what the plan says: series and records by hand', async () => {
    // Pairs of filter and project: 2 + 2 + 1 + 2 + 1; three gauges each.
    // A run: one record a filter, one a pair, 20 issues a filter, three points a pair.
    const figures = `${3 * 8} time series (8 of each gauge), ${(288 * (5 + 8 + 5 * 20 + 3 * 8)).toLocaleString('en-US')} records`;
    for (const file of ['newrelic-alerts.tf', 'newrelic-dashboard.json']) {
      const [, gb] = (await made(file))
        .split('\n')
        .find((line) => line.includes(`Planned: ${figures}`))!
        .split(' records and ');
      // A record has some 300 to 700 bytes.
      assert.ok(Number.parseFloat(gb!) > (39_456 * 300) / 1e9 && Number.parseFloat(gb!) < (39_456 * 700) / 1e9, gb);
    }
  });

  it('changes where a threshold changed, and nowhere else', async () => {
    assert.deepEqual(await effect('above: 100', 'above: 250'), {
      'newrelic-alerts.tf': [
        [
          '# shop-checkout: more than 100 events in one window.',
          'name                         = "shop-checkout: more than 100 events"',
          'threshold             = 100',
        ],
        [
          '# shop-checkout: more than 250 events in one window.',
          'name                         = "shop-checkout: more than 250 events"',
          'threshold             = 250',
        ],
      ],
    });
  });

  it('changes nothing where nothing of it is shown or counted', async () => {
    assert.deepEqual(await effect('searchTerms: [checkout]', 'searchTerms: [basket]'), {});
    assert.deepEqual(await effect('# Three teams', '# Three fine teams'), {});
  });

  it('changes the links and the runbooks of the filter that has another runbook', async () => {
    const {
      'newrelic-alerts.tf': alerts,
      'newrelic-dashboard.json': dashboard,
      ...others
    } = await effect('wiki.example.com/checkout', 'wiki.example.com/basket');
    assert.deepEqual(others, {});
    assert.deepEqual(
      alerts,
      ['checkout', 'basket'].map((page) =>
        [5, 0, 0, 5].map(
          (wide) => `runbook_url${' '.repeat(wide === 5 ? 20 : 18)}= "https://wiki.example.com/${page}"`,
        ),
      ),
    );
    assert.deepEqual(
      dashboard!.map((lines) => lines.length),
      [1, 1],
    );
    assert.match(dashboard![1]![0]!, /^"text": .*\[runbook\]\(https:\/\/wiki\.example\.com\/basket\)/);
  });

  it('gains a filter’s conditions and charts with the filter, and no other line but the counts of all', async () => {
    const found = await effect(
      '    alert: { above: 0 }\n',
      '    alert: { above: 0 }\n  - { name: more, team: ops, projects: [web] }\n',
    );
    const gone = Object.values(found).flatMap(([lines]) => lines!);
    assert.deepEqual(
      gone.filter(
        (line) =>
          !line.includes(' 3 teams, 6 projects.') &&
          !line.startsWith('# Planned: ') &&
          !/^"query": .*`filter` = 'jobs' /.test(line) &&
          !/^"text": "- \*\*jobs\*\*: /.test(line),
      ),
      [],
    );
    assert.equal(gone.length, 5 + 5 + 1);
    assert.deepEqual(Object.keys(found).toSorted(), Object.keys(OUTPUTS).toSorted());
    const come = found['newrelic-alerts.tf']![1]!.filter((line) => line.startsWith('resource'));
    assert.deepEqual(come, [
      'resource "newrelic_nrql_alert_condition" "missing_more" {',
      'resource "newrelic_nrql_alert_condition" "trending_more" {',
    ]);
  });
});
