import { EventsFull, tracedFaultOf } from '../../core/model/errors.ts';
import type { Fault } from '../../core/model/fault.ts';
import type { WorkDone } from '../../core/ports/alerting/due.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EventStore } from '../../core/ports/events/event-store.ts';
import type { Intake } from '../../core/ports/events/intake.ts';
import type { RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import { isDoneWithin } from '../../platform/done-within.ts';

/** A run that reads events waits so long for what is on its way, ms. */
const WAIT_MS = 20_000;

/** How intakes are read beside runs. */
export interface Taking {
  /** Reads every intake that is not being read, as long as the scope lasts. Says what came of each. Never rejects. */
  take(scope: Scope): Promise<readonly WorkDone[]>;
  /** Reads one, unless it is being read. Never rejects. */
  one(intake: Intake, scope: Scope): Promise<WorkDone>;
  /** Once these intakes are through, or after `WAIT_MS`. Never rejects. */
  taken(projects: readonly string[], scope: Scope): Promise<void>;
  readonly listener: RunListener;
  /** Tells of each look that is over. */
  heed(heard: HeardOfIntake): void;
}

/** `fault`: null: it could be read, or there is no room for what it has. Never rejects. */
export type HeardOfIntake = (name: string, fault: Fault | null) => Promise<void>;

export function createTaking(intakes: readonly Intake[], store: EventStore, clock: Pick<Clock, 'sleep'>): Taking {
  const under = new Map<string, Promise<WorkDone>>();
  const heeding: HeardOfIntake[] = [];
  const over = async ({ done, fault }: Look): Promise<WorkDone> => {
    for (const heard of heeding) await heard(done.name, fault);
    return done;
  };
  const begin = (intake: Intake, scope: Scope): Promise<WorkDone> => {
    const { name } = intake;
    const running =
      under.get(name) ??
      takeOne(intake, store, scope)
        .then(over)
        .finally(() => under.delete(name));
    under.set(name, running);
    return running;
  };
  const take: Taking['take'] = (scope) => Promise.all(intakes.map((intake) => begin(intake, scope)));
  return {
    take,
    one: begin,
    heed: (heard) => void heeding.push(heard),
    async taken(projects, { signal }) {
      const waits = projects.flatMap((project) => under.get(project) ?? []);
      if (waits.length === 0) return;
      await isDoneWithin(WAIT_MS, Promise.all(waits), clock, signal);
    },
    listener: {
      name: 'intakes',
      // The others wait for their turn until there is a plain run.
      begun: async ({ kind }, scope) => {
        if (kind === 'plain') await take(scope);
      },
    },
  };
}

interface Look {
  readonly done: WorkDone;
  readonly fault: Fault | null;
}

/** Its trouble is its own: the run goes on, and windows that it is not past are incomplete. */
async function takeOne(intake: Intake, store: EventStore, scope: Scope): Promise<Look> {
  const { name } = intake;
  const done = { kind: 'intake', name } as const;
  try {
    const { isDrained, issues, trouble, ...counts } = await intake.take(store, {}, scope);
    if (counts.read > 0)
      scope.log.info({ intake: name, ...counts, issues: issues.size, left: !isDrained }, 'intake read');
    const { stored, repeats, rejects } = counts;
    const detail = `${stored} stored, ${repeats} known, ${rejects} rejected`;
    const left = isDrained ? 0 : 1;
    if (trouble === undefined) return { done: { ...done, status: 'done', detail, left }, fault: null };
    scope.log.warn({ intake: name, error: trouble }, 'intake not read');
    const fault = { message: `${name}: ${trouble}`, retryable: true };
    return { done: { ...done, status: 'failed', detail: `${trouble} (${detail})`, left }, fault };
  } catch (error) {
    const fault = tracedFaultOf(error);
    const failed = { ...done, status: 'failed', detail: fault.message, left: 1 } as const;
    // The store says so, once for all of them.
    if (error instanceof EventsFull) return { done: failed, fault: null };
    scope.log.warn({ intake: name, error: fault.message }, 'intake not read');
    return { done: failed, fault };
  }
}
