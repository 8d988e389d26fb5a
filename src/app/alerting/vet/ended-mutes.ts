import type { FilterFault, FilterSet } from '../../../config/filters/load.ts';
import type { MuteScope } from '../../../core/model/alerting/rule.ts';
import { isOver } from '../../../core/telling/mutes/is-over.ts';

/** Mutes of files whose instant is past: they hold nothing back any more. `now`: epoch ms. */
export function endedMutes(
  { mutes }: Pick<FilterSet, 'mutes'>,
  now: number,
): readonly Pick<FilterFault, 'where' | 'text'>[] {
  return mutes.flatMap(({ id, what, until }) => {
    if (until.kind !== 'instant' || !isOver({ until }, now)) return [];
    const ended = `ended at ${new Date(until.at).toISOString()}, so it mutes nothing any more`;
    return [{ where: id, text: `mutes: that of ${named(what)} ${ended}; remove it, or write a later until` }];
  });
}

function named(what: MuteScope): string {
  return what.kind === 'all' ? 'all' : `${what.kind} ${what.name}`;
}
