import type { JsonObject } from '../model/item.ts';
import type { WatchKind, WatchPlan } from '../model/watches/watch-plan.ts';
import { HOUR_MS } from '../model/window.ts';
import type { Admin } from '../telling/own/admin.ts';
import type { LookResult } from './after-look.ts';

/** So many lines are remembered, and so many are told. */
const [MOST_KEPT, MOST_TOLD] = [50, 10];

/** As a part of a watch's state: what was left out when the admin was told last, and when that was, epoch ms. */
interface Kept {
  readonly leftOut?: readonly string[];
  readonly leftOutAt?: number;
}

/**
 * Tells the admin of what was read and cannot be used, once as long as it is so, and once an hour however often it
 * changes. Gives back what is to be kept. NOTE: before it is kept: where that fails it is told once more within the
 * hour, which the outbox knows.
 */
export async function tellLeftOut(
  { name, where }: Pick<WatchPlan, 'name' | 'where'>,
  result: LookResult,
  state: JsonObject,
  { kind, admin, now }: { readonly kind: WatchKind; readonly admin: Pick<Admin, 'tell'>; readonly now: number },
): Promise<Kept> {
  const { leftOut: before = [], leftOutAt = -Infinity } = state as Kept;
  const all = 'fault' in result ? before : (result.measured.leftOut ?? []).slice(0, MOST_KEPT);
  const fresh = all.filter((line) => !before.includes(line));
  const told = Number.isFinite(leftOutAt) ? { leftOutAt } : {};
  if (fresh.length === 0) return all.length === 0 ? told : { leftOut: all, ...told };
  const untold = { leftOut: before, ...told };
  if (now - leftOutAt < HOUR_MS) return untold;
  const line =
    `The ${kind} ${name} (${where}) was read, but not all of it can be used: what is named below counts for nothing. ` +
    'Mend it where it is kept.';
  const more =
    fresh.length > MOST_TOLD ? [`and ${fresh.length - MOST_TOLD} more; sentry-monitor doctor names them`] : [];
  const isTold = await admin.tell(`${kind}/${name}/left out`, line, [...fresh.slice(0, MOST_TOLD), ...more]);
  return isTold ? { leftOut: all, leftOutAt: now } : untold;
}
