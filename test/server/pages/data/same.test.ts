import assert from 'node:assert/strict';
import type { FilterData, PageData } from '../../../../src/server/pages/data/model.ts';
import { isSame, isSameRows } from '../../../../src/server/pages/data/same.ts';
import { filterDataOf, LOOK, pageDataOf, receiptOf, runOf, seenOf, slotOf } from '../../../support/pages/page-data.ts';

const SHOP = filterDataOf('shop', { receipts: [receiptOf('shop', 'newrelic')], report: seenOf('shop') });
const NONE = { critical: 0, warning: 0, info: 0 };
const at = LOOK - (LOOK % 60_000);
const page = (more: Partial<PageData> = {}, filter: Partial<FilterData> = {}): PageData =>
  pageDataOf({ now: at, filters: [{ ...SHOP, ...filter }], ...more });
const BASE = page();
const same = (more: Partial<PageData> = {}, filter: Partial<FilterData> = {}): boolean =>
  isSame(BASE, { ...BASE, filters: [{ ...SHOP, ...filter }], ...more });

describe('a page', () => {
  it('would say the same for a minute while nothing changes', () => {
    assert.ok(same());
    assert.ok(same({ now: at + 59_000 }));
    assert.ok(!same({ now: at + 60_000 }));
  });

  it('would say something else when anything of it changed', () => {
    const changes: readonly (readonly [Partial<PageData>, Partial<FilterData>])[] = [
      [{ overdue: 1 }, {}],
      [{ runs: [] }, {}],
      [{ current: null }, {}],
      [{ faults: ['no'] }, {}],
      [{ marks: [{ kind: 'outage', start: 0, end: 1, text: 'x' }] }, {}],
      [{ origin: { ...BASE.origin, pending: 3 } }, {}],
      [{ filters: [] }, {}],
      [{}, { windows: [...SHOP.windows] }],
      [{}, { report: seenOf('shop') }],
      [{}, { receipts: [receiptOf('shop', 'newrelic')] }],
      [{}, { receipts: [] }],
      [{}, { now: slotOf(11, 99) }],
      [{}, { usual: 99 }],
      [{}, { fault: 'no' }],
      [{}, { configured: false }],
    ];
    for (const [data, filter] of changes) assert.ok(!same(data, filter), JSON.stringify([data, filter]));
  });
});

describe('rows of filters', () => {
  const run = runOf({ endedAt: null, startedAt: at - 599_000, window: BASE.current! });
  const sameRows = (one: PageData, more: Partial<PageData>, filter: Partial<FilterData> = {}): boolean =>
    isSameRows(one, { ...one, filters: [{ ...one.filters[0]!, ...filter }], ...more });

  it('would say the same all day, whoever runs and whatever is marked meanwhile', () => {
    const day = 86_400_000;
    assert.ok(sameRows(BASE, { now: at + 3_600_000 }));
    assert.ok(sameRows(BASE, { runs: [], marks: [{ kind: 'outage', start: 0, end: 1, text: 'x' }], faults: ['no'] }));
    assert.ok(!sameRows(BASE, { now: at - (at % day) + day }));
  });

  it('would say something else when what they are made of changed', () => {
    const alerts = {
      filters: 1,
      counts: NONE,
      byFilter: { shop: NONE },
      firing: [],
      watches: 0,
      fresh: 0,
      unjudged: [],
      channels: [],
    };
    const changes: readonly (readonly [Partial<PageData>, Partial<FilterData>])[] = [
      [{ overdue: 1 }, {}],
      [{ current: null }, {}],
      [{ dryRun: true }, {}],
      [{ step: 1 }, {}],
      [{ span: { start: 0, end: 300_000 } }, {}],
      [{ alerts: 'unread' }, {}],
      [{ alerts }, {}],
      [{ filters: [] }, {}],
      [{}, { windows: [...SHOP.windows] }],
      [{}, { report: seenOf('shop') }],
      [{}, { receipts: [] }],
      [{}, { now: slotOf(11, 99) }],
      [{}, { usual: 99 }],
      [{}, { missed: 1 }],
      [{}, { firing: 'info' }],
      [{}, { fault: 'no' }],
    ];
    for (const [data, filter] of changes) assert.ok(!sameRows(BASE, data, filter), JSON.stringify([data, filter]));
  });

  it('would say something else when the window is being counted, and when that run is given up', () => {
    assert.ok(!sameRows(BASE, { runs: [run] }));
    const counting = { ...BASE, runs: [run] };
    assert.ok(sameRows(counting, { now: at + 900 }));
    assert.ok(!sameRows(counting, { now: at + 1_000 }));
  });
});
