import type { JsonObject } from '../model/item.ts';
import type { WatchKind, WatchPlan } from '../model/watches/watch-plan.ts';
import type { Admin } from '../telling/own/admin.ts';
import type { LookResult } from './after-look.ts';

/** So many lines are remembered, and so many are told. */
const [MOST_KEPT, MOST_TOLD] = [50, 10];

/** As a part of a watch's state: what was left out when the admin was told last. */
interface Kept {
  readonly leftOut?: readonly string[];
}

/**
 * Tells the admin of what was read and cannot be used, once as long as it is so. Gives back what is to be kept. NOTE:
 * before it is kept: where that fails it is told once more within the hour, which the outbox knows.
 */
export async function tellLeftOut(
  { name, where }: Pick<WatchPlan, 'name' | 'where'>,
  result: LookResult,
  state: JsonObject,
  { kind, admin }: { readonly kind: WatchKind; readonly admin: Pick<Admin, 'tell'> },
): Promise<Kept> {
  const { leftOut: before = [] } = state as Kept;
  const all = 'fault' in result ? before : (result.measured.leftOut ?? []).slice(0, MOST_KEPT);
  const fresh = all.filter((line) => !before.includes(line));
  const kept = all.length === 0 ? {} : { leftOut: all };
  if (fresh.length === 0) return kept;
  const line =
    `The ${kind} ${name} (${where}) was read, but not all of it can be used: what is named below counts for nothing. ` +
    'Mend it where it is kept.';
  const more =
    fresh.length > MOST_TOLD ? [`and ${fresh.length - MOST_TOLD} more; sentry-monitor doctor names them`] : [];
  const isTold = await admin.tell(`${kind}/${name}/${fresh[0]!}`, line, [...fresh.slice(0, MOST_TOLD), ...more]);
  return isTold ? kept : { leftOut: before };
}
