import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import { type Baseline, type BaselineName, baselineSpan } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Selection } from '../api/query.ts';
import { createPast, type Past, type PastCounts } from './past.ts';

/** Hours of other days that are kept: two of each, that of the windows now and the one before. */
const MAX_SPANS = 4;
/** Readings kept of one such hour. */
const MAX_KEPT = 5_000;

export interface PastReading {
  readonly baselines: readonly Baseline[];
  readonly gaps: readonly Gap[];
}

/** The past of issues, for trends: the hour before each window, and days ago, which is read once an hour. */
export interface Baselines {
  /** The biggest issues of the hour before; asked together with the counts, before the candidates are known. */
  hour(selection: Selection, scope: Scope): Promise<PastCounts | Gap> | null;
  /** All baselines for these issues, with what `hour` gave. What cannot be read is a gap. */
  read(
    candidates: readonly string[],
    selection: Selection,
    hour: Promise<PastCounts | Gap> | null,
    scope: Scope,
  ): Promise<PastReading>;
}

export function createBaselines(client: Client, names: readonly BaselineName[]): Baselines {
  const past = createPast(client);
  const days = keepDays(past);
  /** Of another stretch than the window. */
  const at = (name: BaselineName, selection: Selection): Selection => ({
    ...selection,
    window: baselineSpan(name, selection.window),
  });
  return {
    hour: (selection, scope) =>
      names.includes('1h') ? past.top(at('1h', selection), scope).catch((error: unknown) => lost('1h', error)) : null,
    async read(candidates, selection, hour, scope) {
      const one = async (name: BaselineName): Promise<Baseline | Gap> => {
        const then = at(name, selection);
        const known = name === '1h' ? await hour : null;
        if (known !== null && 'reason' in known) return known;
        try {
          const counts = known ?? (await days(then, scope));
          await past.fill(counts, candidates, then, scope);
          return { name, span: then.window, events: new Map(candidates.map((id) => [id, counts.events.get(id) ?? 0])) };
        } catch (error) {
          return lost(name, error);
        }
      };
      const read = candidates.length === 0 ? [] : await Promise.all(names.map(one));
      await hour;
      return { baselines: read.filter((it) => 'events' in it), gaps: read.filter((it) => 'reason' in it) };
    },
  };
}

/** Reads the biggest issues of an hour of another day once, and keeps them. */
function keepDays(past: Past): (selection: Selection, scope: Scope) => Promise<PastCounts> {
  const kept = new Map<number, Map<string, Promise<PastCounts>>>();
  return (selection, scope) => {
    const { start } = selection.window;
    const ofSpan = kept.get(start) ?? new Map<string, Promise<PastCounts>>();
    touch(kept, start, ofSpan, MAX_SPANS);
    const key = JSON.stringify([selection.query, selection.projectIds, selection.environments]);
    const found = ofSpan.get(key) ?? past.top(selection, scope);
    touch(ofSpan, key, found, MAX_KEPT);
    // A failure is not kept.
    found.catch(() => ofSpan.delete(key));
    return found;
  };
}

/** Makes it the latest one, and drops the one that was used longest ago when there are more than `most`. */
function touch<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}

function lost(name: BaselineName, error: unknown): Gap {
  return { part: 'baselines', reason: 'not_answered', detail: `${name}: ${faultOf(error).message}` };
}
