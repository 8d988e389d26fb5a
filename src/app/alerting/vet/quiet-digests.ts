import type { FilterFault, FoundPart } from '../../../config/filters/load.ts';
import { policyOf } from '../../../config/rules/policy.ts';
import { isQuiet, quietEnd } from '../../../core/alerts/outbox/forming/quiet.ts';
import type { At, DigestPlan } from '../../../core/model/alerting/digest-plan.ts';
import { groupOf } from '../../../core/model/alerting/recipients.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { NextRun } from '../../../core/schedules/runs.ts';
import { runsBy } from '../digests/runs-by.ts';

/** All clocks have been set forward and back in that time. */
const AHEAD_MS = 366 * DAY_MS;
/** Of what is due at any hour. */
const OFTEN_MS = 2 * DAY_MS;

/** Digests that a channel gets later than they say, because it is left alone at their times. `now`: epoch ms. */
export async function quietDigests(
  { digests, parts }: { readonly digests: readonly DigestPlan[]; readonly parts: readonly FoundPart[] },
  now: number,
): Promise<readonly Pick<FilterFault, 'where' | 'text'>[]> {
  const channels = parts.filter(({ section }) => section === 'channels').map((part) => policyOf(part, null));
  const quiet = new Map(channels.flatMap(({ name, quiet: hours }) => (hours === null ? [] : [[name, hours] as const])));
  if (digests.length === 0 || quiet.size === 0) return [];
  const nextRun = await runsBy();
  return digests.flatMap(({ name, at, tell, where }) => {
    const said = tell.flatMap((channel): string[] => {
      const hours = quiet.get(channel);
      if (hours === undefined) return [];
      const runs = runsOf(nextRun(at), { from: now, to: now + (isOften(at) ? OFTEN_MS : AHEAD_MS) });
      const held = runs.filter((run) => isQuiet(hours, run)).length;
      if (held === 0 || (held < runs.length && isOften(at))) return [];
      const times = held === runs.length ? 'its time lies' : 'some of its times lie';
      const late = `${times} in the quiet hours of ${groupOf(channel)}, and it comes at their end, ${quietEnd(hours)}`;
      return [`digests: ${name}: ${late}; change one of both`];
    });
    return [...new Set(said)].map((text) => ({ where, text }));
  });
}

function runsOf(next: NextRun, { from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  const runs: number[] = [];
  for (let at = next(from); at !== null && at < to; at = next(at)) runs.push(at);
  return runs;
}

/** At any hour, and so at some in which it is meant to be held back. */
function isOften(at: At): boolean {
  return at.kind === 'every' ? at.everyMs < DAY_MS : at.cron.split(' ')[1] === '*';
}
