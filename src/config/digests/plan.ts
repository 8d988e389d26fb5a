import type { DigestChartSpan } from '../../core/model/alerting/digest.ts';
import type { DigestPlan } from '../../core/model/alerting/digest-plan.ts';
import { readAt } from './at.ts';
import type { PlacedDigest } from './placed.ts';

/** What a digest may speak of, and to whom. */
export interface Around {
  readonly path: string;
  /** Names of filters that run: of its file, or of all where that has none. */
  readonly usual: readonly string[];
  /** By the name that is written, all channels that it means; of most names nothing else than themselves. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
  /** Names of channels that cannot be used. */
  readonly lost: ReadonlySet<string>;
  /** Names of digests that cannot be made. */
  readonly held: ReadonlySet<string>;
  /** Name of the channel that gets reports that name none; undefined: not known. */
  readonly admin?: string | undefined;
}

/** Null: its file has faults. */
export function planOf(
  placed: PlacedDigest,
  { path, usual, recipients, lost, held, admin }: Around,
): DigestPlan | null {
  const { name, line, written } = placed;
  if (written === null) return null;
  const { at = '', chart, since, skipEmpty = false, report = false } = written;
  const { filters = report ? [] : usual, tell = report ? (admin ?? []) : [] } = written;
  const read = readAt(at);
  if ('fault' in read) throw new Error(read.fault);
  const isHeld = held.has(name) || (filters.length === 0 && !report);
  const each = (names: readonly string[]): readonly string[] => [
    ...new Set(names.flatMap((it) => recipients.get(it) ?? it)),
  ];
  const isIdle = (channel: string): boolean => isHeld || lost.has(channel);
  const all = [tell].flat();
  return {
    name,
    at: read.at,
    filters,
    tell: each(all.filter((channel) => !isIdle(channel))),
    idle: each(all.filter(isIdle)),
    chart: (chart as DigestChartSpan | undefined) ?? null,
    ...(since === undefined ? {} : { since: 'delivered' }),
    ...(report ? { report } : {}),
    skipEmpty,
    where: `${path}:${line}`,
  };
}
