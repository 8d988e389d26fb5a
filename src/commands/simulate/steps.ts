import type { WithLedger } from '../../app/by-hand/with-ledger.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import type { KeptTelling } from '../../core/ports/alerting/outbox.ts';
import { isoOf, PERIOD_MS } from '../../core/model/window.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Located } from '../../core/ports/source.ts';
import type { Step, StepState } from './follow.ts';

/** What is followed. */
export interface Simulated {
  readonly eventId: string;
  /** When it happened, epoch ms. */
  readonly at: number;
}

const FATES_OVER: readonly KeptTelling['fate'][] = ['refused', 'given up', 'muted', 'dropped'];

/** From the source's own knowledge of an event to the message about it. */
export function stepsOf({ eventId, at }: Simulated, opened: WithLedger, scope: Scope): Step[] {
  const start = Math.floor(at / PERIOD_MS) * PERIOD_MS;
  let issue = '';
  const tellings = async (): Promise<readonly KeptTelling[]> => {
    const all = await opened.outbox.tellings({ from: start, to: start + PERIOD_MS });
    return all.filter(({ alert }) => alert.subject.kind === 'issue' && alert.subject.id === issue);
  };
  return [
    {
      name: 'stored',
      async look() {
        const found = await locate(eventId, opened.program.sources, scope);
        if (found === null) return waits('no source knows the event; check that the DSN is of a project that is read');
        issue = found.issue;
        return done(`as issue ${found.issue} of project ${found.project}`);
      },
    },
    { name: 'counted', look: () => countedBy(issue, start, opened) },
    {
      name: 'alert',
      async look() {
        const [first] = await tellings();
        return first === undefined
          ? waits(`no rule told of it; sentry-monitor why ${issue} says why`)
          : done(`${first.alert.rule} of ${first.alert.filter}`);
      },
    },
    { name: 'message', look: async () => messageOf(await tellings()) },
  ];
}

async function countedBy(issue: string, start: number, { program, alerts }: WithLedger): Promise<StepState> {
  const filters = program.live.now().filters.filter(hasRules);
  if (filters.length === 0) return { status: 'failed', say: 'no filter has alerts; write some first' };
  const [from, to] = [start, start + PERIOD_MS];
  const sums = await alerts.look((trx) => trx.sums(filters.map(({ name }) => ({ filter: name, from, to }))));
  const by = [...sums].filter(([, issues]) => issues.some(({ id }) => id === issue)).map(([filter]) => filter);
  const window = `${isoOf(from)} to ${isoOf(to)}`;
  return by.length > 0
    ? done(`by ${by.join(', ')} in ${window}`)
    : waits(`no filter with alerts counted it in ${window}; check that the cron posts, and what filters ask for`);
}

async function locate(
  eventId: string,
  sources: WithLedger['program']['sources'],
  scope: Scope,
): Promise<Located | null> {
  const able = sources.flatMap((source) => source.locate ?? []);
  if (able.length === 0) throw new Error('no source can look an event up by its id');
  const troubles: unknown[] = [];
  for (const ask of able) {
    const found = await ask(eventId, scope).catch((error: unknown) => void troubles.push(error));
    if (found != null) return found;
  }
  if (troubles.length === able.length) throw troubles[0];
  return null;
}

/** One that arrived is enough; none is left to wait for when all are over. */
function messageOf(tellings: readonly KeptTelling[]): StepState {
  const sent = tellings.filter(({ fate }) => fate === 'sent').map(({ channel }) => channel);
  if (sent.length > 0) return done(`sent to ${[...new Set(sent)].join(', ')}`);
  const says = tellings.map(({ channel, fate, reason }) => `${channel}: ${reason ?? fate}`).join('; ');
  return { status: tellings.every(({ fate }) => FATES_OVER.includes(fate)) ? 'failed' : 'waits', say: says };
}

function done(say: string): StepState {
  return { status: 'done', say };
}

function waits(say: string): StepState {
  return { status: 'waits', say };
}
