import type { Mute } from '../../model/alerting/rule.ts';
import { isOver } from './is-over.ts';

/** By id of the issues that lists on pages leave out at that instant, epoch ms, what does it. */
export function hiddenIssues(mutes: readonly Mute[], now: number): ReadonlyMap<string, Mute> {
  const hiding = mutes.filter((mute) => mute.since <= now && !isOver(mute, now));
  return new Map(hiding.flatMap((mute) => (mute.what.kind === 'page' ? [[mute.what.name, mute]] : [])));
}
