import assert from 'node:assert/strict';
import type { ReportIssue } from '../../../../src/core/model/report.ts';
import type { ReportSeen } from '../../../../src/core/ports/read-model.ts';
import { detailOf } from '../../../../src/server/pages/data/detail.ts';
import type { FilterData, PageData } from '../../../../src/server/pages/data/model.ts';
import { filterOf, issueOf, reportOf } from '../../../support/build/reports.ts';

const FIVE = 300_000;
const HOUR = 12 * FIVE;
const SHOP = filterOf({ name: 'shop', tags: ['release'] });

function seen(step: number, counts: Readonly<Record<string, number>>, more: Partial<ReportSeen> = {}): ReportSeen {
  const {
    filter: _filter,
    splits: _splits,
    issues: _issues,
    ...rest
  } = reportOf({
    window: { start: step * FIVE, end: (step + 1) * FIVE },
    totals: [{ project: 'web', projectId: '1', events: 99, users: 1, issues: Object.keys(counts).length }],
  });
  const issues = Object.entries(counts).map(([issueId, events]): ReportIssue => issueOf({ issueId, events }));
  return { ...rest, filter: 'shop', issues, tags: null, ...more };
}

async function detail(reports: readonly ReportSeen[], { step = FIVE, slots = 4, filter = SHOP, found = {} } = {}) {
  const data = {
    span: { start: 0, end: slots * step },
    step,
    current: { start: slots * step - FIVE, end: slots * step },
  } as PageData;
  const last = { configured: true, report: reports.at(-1) ?? null, ...found } as FilterData;
  const details = new Map(reports.map((report) => [report.window.start, { report, receipts: [] }]));
  return detailOf(filter, { data, found: last }, details, {
    readModel: { late: async (name, span) => [{ start: span.start, first: 1, events: name.length }] },
    source: { queryOf: ({ name }) => `query of ${name}` },
  });
}

describe("what a filter's own page shows", () => {
  it('counts the issues of the last report in every window: no row is no event, unless rows are missing', async () => {
    const { issues } = await detail([
      seen(0, { '1': 5, '2': 6 }),
      seen(1, { '2': 7 }, { totals: [{ project: 'web', projectId: '1', events: 9, users: 1, issues: 30 }] }),
      seen(3, { '1': 8, '3': 9 }),
    ]);
    assert.deepEqual(
      issues,
      new Map([
        ['1', [5, null, null, 8]],
        ['3', [0, null, null, 9]],
      ]),
    );
  });

  it('does not know an issue where the number of issues is not known, or not all were read', async () => {
    const totals = [{ project: 'web', projectId: '1', events: 9, users: 1, issues: null }];
    const { issues } = await detail([
      seen(0, {}, { totals }),
      seen(1, {}, { gaps: [{ part: 'issues', reason: 'row_limit' }] }),
      seen(2, {}),
      seen(3, { '1': 8 }),
    ]);
    assert.deepEqual(issues, new Map([['1', [null, null, 0, 8]]]));
  });

  it('adds up the windows of an hour, when all of them are known', async () => {
    const whole = Array.from({ length: 12 }, (_, n) => seen(n, { '1': 1 }));
    const part = Array.from({ length: 11 }, (_, n) => seen(12 + n, { '1': 1 }));
    const last = Array.from({ length: 12 }, (_, n) => seen(24 + n, { '1': 2 }));
    const { issues } = await detail([...whole, ...part, ...last], { step: HOUR, slots: 3 });
    assert.deepEqual(issues, new Map([['1', [12, null, 24]]]));
  });

  it('has the tags of the last report, what came late, what the filter asks, in its words and in the source', async () => {
    const tags = [{ tags: { release: '1' }, events: 4 }];
    const found = await detail([seen(3, {}, { tags })]);
    assert.deepEqual(
      [found.tags, found.late, found.asks, found.query],
      [tags, [{ start: 0, first: 1, events: 4 }], SHOP, 'query of shop'],
    );
    assert.equal((await detail([seen(3, {})])).tags, null, 'not kept');
    assert.equal((await detail([])).tags, null, 'not counted');
    assert.deepEqual((await detail([], { filter: filterOf({ name: 'shop' }) })).tags, [], 'there are none');
  });

  it('does not know what a filter asks that no file names any more', async () => {
    const { asks, query } = await detail([], { found: { configured: false } });
    assert.deepEqual([asks, query], [null, null]);
  });
});
