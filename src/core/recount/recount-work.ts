import type { Filter } from '../model/filter.ts';
import { ALERTS } from '../ports/alerting/decider.ts';
import type { Hold } from '../ports/claims.ts';
import type { DueCount, Recounts } from '../ports/recounts.ts';
import type { Sink } from '../ports/sink.ts';
import type { Work } from '../run/ports.ts';
import type { ReadDeadline } from '../run/read-deadline.ts';

/** What a recount works with. */
export interface RecountWork extends Pick<
  Work,
  'order' | 'source' | 'sinks' | 'ledger' | 'scope' | 'courier' | 'progress'
> {
  readonly recounts: Recounts;
  /** Ends before the run's: what was counted must still be sent. */
  readonly reading: ReadDeadline;
}

export interface Held {
  readonly due: DueCount;
  readonly hold: Hold;
  readonly filter: Filter;
}

/** Names of the sinks that are told higher counts. Rules are, whatever is said of sinks. */
export function correctedSinks({ sinks: told }: Pick<Recounts, 'sinks'>, sinks: readonly Sink[]): readonly string[] {
  const isHarmless = ({ repeatSafe, encodeCorrection }: Sink): boolean => repeatSafe && encodeCorrection !== undefined;
  const isTold = (sink: Sink): boolean => sink.name === ALERTS || (told?.includes(sink.name) ?? isHarmless(sink));
  return sinks.filter(isTold).map(({ name }) => name);
}
