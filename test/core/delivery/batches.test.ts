import assert from 'node:assert/strict';
import fc from 'fast-check';
import { batches, bytesOf, fitsAlone, halves } from '../../../src/core/delivery/batches.ts';
import type { Item } from '../../../src/core/model/item.ts';

const items = fc
  .array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 60 })
  .map((texts) => texts.map((text, index): Item => ({ key: String(index), body: { text } })));
const limits = fc.record({ items: fc.integer({ min: 1, max: 20 }), bytes: fc.integer({ min: 20, max: 400 }) });

describe('batches', () => {
  it('lose nothing, double nothing, keep the order, and keep within both limits', () => {
    fc.assert(
      fc.property(items, limits, (all, limit) => {
        const parts = batches(all, limit);
        assert.deepEqual(parts.flat(), all);
        for (const part of parts) {
          assert.ok(part.length > 0 && part.length <= limit.items);
          const bytes = Buffer.byteLength(JSON.stringify(part.map(({ body }) => body)));
          assert.ok(bytes <= limit.bytes || part.length === 1, `${bytes} > ${limit.bytes}`);
        }
      }),
    );
  });

  it('are as few as the order allows', () => {
    fc.assert(
      fc.property(items, limits, (all, limit) => {
        const parts = batches(all, limit);
        parts.slice(1).forEach((part, index) => {
          const before = parts[index]!;
          const joined = Buffer.byteLength(JSON.stringify([...before, part[0]!].map(({ body }) => body)));
          assert.ok(before.length === limit.items || joined + 1 > limit.bytes);
        });
      }),
    );
  });

  it('count UTF-8 bytes, not characters', () => {
    assert.equal(bytesOf({ key: 'k', body: { a: 'ü😀' } }), 8 + 6 + 1);
  });

  it('know what does not fit even alone: exactly the limit does', () => {
    // [{"a":"xxxx"}] has 14 bytes, counted with a comma 15.
    const item: Item = { key: 'k', body: { a: 'xxxx' } };
    assert.deepEqual(
      [14, 15, 16].map((bytes) => fitsAlone(item, { items: 1, bytes })),
      [false, true, true],
    );
  });

  it('split in halves, the first one not smaller, with nothing lost', () => {
    assert.deepEqual(
      [halves([1]), halves([1, 2]), halves([1, 2, 3]), halves([1, 2, 3, 4, 5])],
      [
        [[1], []],
        [[1], [2]],
        [[1, 2], [3]],
        [
          [1, 2, 3],
          [4, 5],
        ],
      ],
    );
  });
});
