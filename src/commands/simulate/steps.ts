import type { WithLedger } from '../../app/by-hand/with-ledger.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import type { KeptTelling } from '../../core/ports/alerting/outbox.ts';
import { isoOf, PERIOD_MS } from '../../core/model/window.ts';
import type { Step, StepState } from './follow.ts';
import type { Way } from './way.ts';

const FATES_OVER: readonly KeptTelling['fate'][] = ['refused', 'given up', 'muted', 'dropped'];

/** From where the event is stored to the message about it. `at`: when it happened, epoch ms. */
export function stepsOf({ at }: { readonly at: number }, { locate, advice }: Way, opened: WithLedger): Step[] {
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
        const found = await locate();
        if (found === null) return waits(advice);
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
