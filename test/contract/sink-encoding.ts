import assert from 'node:assert/strict';
import { fitsAlone } from '../../src/core/delivery/batches.ts';
import type { Item } from '../../src/core/model/item.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import { depsOf } from '../support/build/deps.ts';
import { freeze, reportOf } from '../support/build/reports.ts';
import type { SinkSubject } from './sink-subject.ts';

/** What a sink makes of a report. */
export function encoding({ create, name, repeatSafe, wanted = reportOf, unwanted }: SinkSubject): void {
  it('bears the name of its instance and says whether repeats are safe', () => {
    const sink = create(depsOf());
    assert.deepEqual([sink.name, sink.repeatSafe], [name, repeatSafe]);
  });

  it('encodes the same report to the same items, on every server and at any time', () => {
    const later = depsOf();
    later.clock.advance(86_400_000);
    assert.deepEqual(create(later).encode(wanted()), create(depsOf()).encode(wanted()));
  });

  it('encodes without touching the report', () => {
    assert.ok(create(depsOf()).encode(freeze(wanted())).length > 0);
  });

  it('gives each item a key of its own, also among other windows, filters and revisions', () => {
    const sink = create(depsOf());
    const other = wanted().filter;
    const reports: Report[] = [
      wanted(),
      wanted({ revision: 1 }),
      wanted({ id: 'crm-checkout@2026-11-20T10:05:00.000Z' }),
      wanted({ id: 'crm@2026-11-20T10:00:00.000Z', filter: { ...other, name: 'crm' } }),
    ];
    const keys = reports.flatMap((report) => sink.encode(report).map(({ key }) => key));
    assert.equal(new Set(keys).size, keys.length);
  });

  const { totals, ...rest } = wanted({ revision: 1 });
  const higher = { ...rest, totals: [{ ...totals[0]!, events: totals[0]!.events + 7 }, ...totals.slice(1)] };

  it('corrects with the same items on every server, without touching report and earlier totals, and with nothing when nothing is higher', () => {
    const [sink, later] = [create(depsOf()), depsOf()];
    later.clock.advance(86_400_000);
    const encode = (it: Sink, report: Report): readonly Item[] =>
      it.encodeCorrection?.(freeze({ totals, gaps: [] }), freeze(report)) ?? [];
    assert.deepEqual(encode(create(later), higher), encode(sink, higher));
    assert.deepEqual(encode(sink, wanted({ revision: 1 })), []);
    assert.equal(encode(sink, higher).length > 0, sink.encodeCorrection !== undefined);
    assert.equal(
      sink.uncorrectable === undefined,
      sink.encodeCorrection !== undefined,
      'one that cannot be corrected says why',
    );
  });

  it('corrects with keys of their own, in items that can be sent', () => {
    const sink = create(depsOf());
    const items = [
      ...sink.encode(wanted()),
      ...[1, 2].flatMap((revision) => sink.encodeCorrection?.({ totals, gaps: [] }, { ...higher, revision }) ?? []),
    ];
    assert.equal(new Set(items.map(({ key }) => key)).size, items.length);
    for (const item of items) assert.ok(fitsAlone(item, sink.limits));
  });

  if (unwanted !== undefined)
    it('has no record of a report that it does not want, and nothing to correct in it', () => {
      const sink = create(depsOf());
      const earlier = unwanted.totals.map((total) => ({ ...total, events: 0 }));
      assert.deepEqual(sink.encode(freeze(unwanted)), []);
      assert.deepEqual(sink.encodeCorrection?.({ totals: earlier, gaps: [] }, { ...unwanted, revision: 1 }) ?? [], []);
    });

  it('makes no item that is too large to send', () => {
    const sink = create(depsOf());
    for (const item of sink.encode(wanted())) assert.ok(fitsAlone(item, sink.limits));
  });
}
