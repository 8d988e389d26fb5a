import type { ProjectTiming, Timing, TimingPart } from '../../model/events/timing.ts';

/** What parts come to, by project, name and window; exact, however they were divided. The most frequent come first. */
export function mergeTimings(parts: readonly ProjectTiming[]): readonly Timing[] {
  const groups = Map.groupBy(parts, ({ project, name, window }) => JSON.stringify([project, name, window]));
  const all = [...groups.values()].map(timingOf);
  return all.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

function timingOf(parts: readonly ProjectTiming[]): Timing {
  const { project } = parts[0]!;
  const { seen, ...rest } = joined(parts);
  const rank = (share: number): number => {
    let left = Math.ceil(share * rest.count);
    for (const [ms, times] of seen) if ((left -= times) <= 0) return ms;
    return rest.max;
  };
  return { project, ...rest, p50: rank(0.5), p95: rank(0.95) };
}

/** Parts of one intake, those of one name and window made one. */
export function joinTimings(parts: readonly TimingPart[]): readonly TimingPart[] {
  return [...Map.groupBy(parts, ({ name, window }) => JSON.stringify([name, window])).values()].map(joined);
}

function joined(parts: readonly TimingPart[]): TimingPart {
  const { name, window } = parts[0]!;
  const seen = new Map<number, number>();
  for (const [ms, times] of parts.flatMap((part) => part.seen)) seen.set(ms, (seen.get(ms) ?? 0) + times);
  return {
    name,
    window,
    count: sumOf(parts.map(({ count }) => count)),
    sum: sumOf(parts.map(({ sum }) => sum)),
    min: Math.min(...parts.map(({ min }) => min)),
    max: Math.max(...parts.map(({ max }) => max)),
    seen: [...seen].sort(([a], [b]) => a - b),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
