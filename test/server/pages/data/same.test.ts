import assert from 'node:assert/strict';
import type { FilterData, PageData } from '../../../../src/server/pages/data/model.ts';
import { isSame } from '../../../../src/server/pages/data/same.ts';
import { filterDataOf, LOOK, pageDataOf, receiptOf, seenOf, slotOf } from '../../../support/pages/page-data.ts';

const SHOP = filterDataOf('shop', { receipts: [receiptOf('shop', 'newrelic')], report: seenOf('shop') });
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
