import type { UserRange } from './masses.ts';

/** Distinct values: single ones, and those of users `id:<n>` by ranges of n. */
export type Distinct = { add(value: string): void; addRange(range: UserRange): void; size(): number };

export function createDistinct(): Distinct {
  const single = new Set<string>();
  const ranges: UserRange[] = [];
  return {
    add: (value) => {
      single.add(value);
    },
    addRange: (range) => {
      ranges.push(range);
    },
    size: () => {
      if (ranges.length === 0) return single.size;
      const whole = joined(ranges);
      const inside = [...single].filter((value) => {
        const n = /^id:(\d+)$/.exec(value)?.[1];
        return n !== undefined && whole.some(({ from, to }) => Number(n) >= from && Number(n) < to);
      });
      return whole.reduce((sum, { from, to }) => sum + to - from, single.size - inside.length);
    },
  };
}

/** Without overlaps. */
function joined(ranges: readonly UserRange[]): readonly UserRange[] {
  const whole: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}
