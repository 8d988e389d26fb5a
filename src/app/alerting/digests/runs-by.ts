import { type At, scheduleText } from '../../../core/model/alerting/digest-plan.ts';
import { everyRun, type NextRun } from '../../../core/schedules/runs.ts';

/** When schedules are due, each with what it said last: between two of its instants it is asked the same again. */
export async function runsBy(): Promise<(at: At) => NextRun> {
  const { cronRun } = await import('../../../platform/cron.ts');
  const known = new Map<string, NextRun>();
  return (at) => {
    const text = scheduleText(at);
    const next = known.get(text) ?? remembered(at.kind === 'every' ? everyRun(at.everyMs) : cronRun(at.cron, at.zone));
    known.set(text, next);
    return next;
  };
}

/** So many answers are kept. */
const KEPT = 100;

function remembered(next: NextRun): NextRun {
  const known = new Map<number, number | null>();
  return (after) => {
    const found = known.get(after);
    if (found !== undefined) return found;
    if (known.size >= KEPT) known.clear();
    const at = next(after);
    known.set(after, at);
    return at;
  };
}
