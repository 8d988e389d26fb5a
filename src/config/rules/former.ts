import type * as z from 'zod/mini';
import { map, named, number, yesOrNo } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';

const MOST = 1e9;

const ALERTS = {
  above: {
    doc: 'more events than this in a window',
    schema: number(
      { min: 0, max: MOST, whole: true },
      named('must be a whole number of events; write digits only, such as 100'),
    ),
  },
  anomaly: { doc: 'more than its own past lets expect', schema: yesOrNo(named) },
  missing: { doc: 'no count for three windows', schema: yesOrNo(named) },
  trending: {
    doc: 'an issue that trends with at least this score: 4 is a clear surge, 0 any',
    schema: number(
      { min: 0, max: MOST, whole: false },
      named('must be a score; write a number such as 4 (a clear surge), or 0 for any'),
    ),
  },
} satisfies Record<string, Key>;

/** The former name of four sentences. */
export const FORMER = map(shapeOf(ALERTS, optional), 'is no kind of alert', 'must be a map; write { missing: true }');

export type FormerAlert = z.output<typeof FORMER>;

/** The same as sentences. A zero is a count: what was missing is a complete window, for three of them. */
export function formerSentences({ above, anomaly, missing, trending }: FormerAlert): readonly string[] {
  return [
    ...(missing === true ? ['incomplete for 15m'] : []),
    ...(above === undefined ? [] : [`events > ${above}`]),
    ...(anomaly === true ? ['anomaly'] : []),
    ...(trending === undefined ? [] : [`trending >= ${trending}`]),
  ];
}

/** What to write instead. */
export function formerWarning(former: FormerAlert): string {
  const sentences = formerSentences(former);
  if (sentences.length === 0) return 'is read by this version for the last time, and says nothing here; remove it';
  return (
    `is read by this version for the last time; write alerts: [${sentences.join(', ')}] instead, ` +
    'and tell: for the channel that is to be told'
  );
}
