import assert from 'node:assert/strict';
import { HOUR_MS } from '../../../../../src/core/model/window.ts';
import type { ObjectStatus } from '../../../../../src/core/ports/events/object-book.ts';
import { coverageOf } from '../../../../../src/integrations/intakes/papertrail/coverage/coverage.ts';

const at = (hour: number): number => Date.UTC(2026, 10, 20, hour);
const span = (from: number, to: number) => ({ start: at(from), end: at(to) });
const two = (n: number): string => String(n).padStart(2, '0');
const archive = (hour: number, status: ObjectStatus['status'] = 'read'): ObjectStatus => ({
  name: `logs/dt=2026-11-20/2026-11-20-${two(hour)}.tsv.gz`,
  status,
});

describe('what archives cover', () => {
  it('is nothing without one that was read', () => {
    assert.equal(coverageOf([], [], at(12)), null);
    assert.equal(coverageOf([archive(9, 'wanted'), archive(10, 'given up')], [], at(12)), null);
    assert.equal(coverageOf([{ name: 'logs/odd.tsv.gz', status: 'read' }], [], at(12)), null);
  });

  it('is from the first hour to the end of the last', () => {
    assert.deepEqual(coverageOf([archive(9), archive(10)], [], at(12)), { since: at(9), until: at(11), missing: [] });
    assert.deepEqual(coverageOf([{ name: '2026-11-20.tsv.gz', status: 'read' }], [], at(30)), {
      ...{ since: at(0), until: at(24), missing: [] },
    });
  });

  it('lacks hours that nobody named, for a day: then they had no lines', () => {
    const known = [archive(9), archive(12)];
    assert.deepEqual(coverageOf(known, [], at(13))!.missing, [span(10, 12)]);
    assert.deepEqual(coverageOf(known, [], at(36) - 1)!.missing, [span(10, 12)]);
    assert.deepEqual(coverageOf(known, [], at(36))!.missing, []);
  });

  it('lacks for ever what is known and was not read, and stretches of more than a day', () => {
    for (const status of ['wanted', 'given up'] as const) {
      const { missing } = coverageOf([archive(9), archive(10, status), archive(12)], [], at(500))!;
      assert.deepEqual(missing, [span(10, 12)]);
    }
    const later = { name: '2026-11-22-01.tsv.gz', status: 'read' } as const;
    assert.deepEqual(coverageOf([archive(9), later], [], at(500))!.missing, [span(10, 49)]);
    const day = { name: '2026-11-21-10.tsv.gz', status: 'read' } as const;
    assert.deepEqual(coverageOf([archive(9), day], [], at(500))!.missing, []);
  });

  it('is what live search read too: each fills the other’s holes', () => {
    const live = [{ start: at(10), end: at(11) + 60_000 }, { start: at(12), end: at(12) + 300_000 }];
    assert.deepEqual(coverageOf([archive(9)], live, at(13)), {
      ...{ since: at(9), until: at(12) + 300_000 },
      missing: [{ start: at(11) + 60_000, end: at(12) }],
    });
    assert.deepEqual(coverageOf([archive(9), archive(11)], live, at(13))!.missing, []);
    assert.equal(coverageOf([archive(9)], live, at(500))!.missing.length, 1);
    assert.deepEqual(coverageOf([], [{ start: at(1), end: at(1) + HOUR_MS }], at(13)), {
      ...{ since: at(1), until: at(2), missing: [] },
    });
  });
});
