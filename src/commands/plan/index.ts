import { parseArgs } from 'node:util';
import { assemble, type Program, StartError } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { windowAt } from '../../core/model/window.ts';
import type { Command } from '../command.ts';
import { ASSUMED, type Assumptions, type Measured, planFor } from './estimate/index.ts';
import { planTable } from './table.ts';

/** A filter that Sentry said nothing of, and why. */
export interface Unmeasured {
  readonly filter: string;
  readonly error: string;
}

/** For the survey: two small requests a filter, one after the other. */
const LIVE_MS = 60_000;
const LIVE_MS_A_FILTER = 5_000;
/** When Sentry answers none of the first filters, it will not answer the others. */
const GIVE_UP = 3;

const HELP = `sentry-monitor plan [--live] [--json] [assumptions]

What the filters cost: requests and seconds of a run, the share of Sentry's limits, series and GB a day at New Relic, metrics
at Anodot, and warnings. By the settings of the service, without a network.

  --live          asks Sentry how much each filter found in the last day: two small requests a filter
  --json          the same for machines

Assumed otherwise, where it cannot be known:
  --issues        of a filter in a window (${ASSUMED.issues})
  --combinations  of tags of one issue, where the filter has tags (${ASSUMED.combinations})
  --events        of a project in a window, where events are read page by page (${ASSUMED.events})
  --title         characters of an issue's title (${ASSUMED.title})
  --renewed       % of a window's issues that are asked for their details again (${ASSUMED.renewed})
  --latency       ms of Sentry's answers, several with commas (${ASSUMED.latencies.join(',')})
  --per-second    requests that Sentry takes a second; 0: as many as come (${ASSUMED.perSecond})
  --at-once       and at once (${ASSUMED.atOnce})

Exit codes: 0 planned; 1 a fault in settings or filters, or a filter that Sentry did not answer; 2 bad call.
`;

/** What the filters cost, before they run. */
export const plan: Command = {
  summary:
    'what the filters cost at Sentry, New Relic and Anodot; --live asks Sentry how much they find, --json for machines',
  help: HELP,
  async run(args, world) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const assumptions = assumptionsOf(values);
    try {
      const parts = assemble({ ...world, out: { write: () => undefined } });
      return await show(parts, assumptions, values, world);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      for (const fault of error.faults) world.out.write(`fault    ${fault}\n`);
      world.out.write(`${error.faults.length} to mend, nothing to plan\n`);
      return 1;
    }
  },
};

const OPTIONS = {
  live: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  issues: { type: 'string' },
  combinations: { type: 'string' },
  events: { type: 'string' },
  title: { type: 'string' },
  renewed: { type: 'string' },
  latency: { type: 'string' },
  'per-second': { type: 'string' },
  'at-once': { type: 'string' },
} as const;

type Values = Readonly<Record<string, string | boolean | undefined>>;

function assumptionsOf(values: Values): Assumptions {
  const number = (option: string, otherwise: number, least = 0): number =>
    values[option] === undefined ? otherwise : wholeFrom(String(values[option]), option, least);
  return {
    issues: number('issues', ASSUMED.issues),
    combinations: number('combinations', ASSUMED.combinations, 1),
    events: number('events', ASSUMED.events),
    title: number('title', ASSUMED.title),
    renewed: number('renewed', ASSUMED.renewed),
    latencies:
      values['latency'] === undefined
        ? ASSUMED.latencies
        : String(values['latency'])
            .split(',')
            .map((text) => wholeFrom(text, 'latency', 1)),
    perSecond: number('per-second', ASSUMED.perSecond),
    atOnce: number('at-once', ASSUMED.atOnce, 1),
  };
}

/** Told as a wrong call, like an unknown option. */
function wholeFrom(text: string, option: string, least: number): number {
  if (/^\d{1,9}$/.test(text.trim()) && Number(text) >= least) return Number(text);
  throw Object.assign(new Error(`--${option}: ${JSON.stringify(text)} is not a whole number of at least ${least}`), {
    code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE',
  });
}

async function show(parts: Program, assumptions: Assumptions, { live, json }: Values, world: World): Promise<number> {
  const {
    settings,
    filters: { filters, faults },
    source,
    sinks,
    redact,
  } = parts;
  const { cost } = source;
  if (cost === undefined) throw new StartError([`${source.name}: nothing is known of what it costs to read`]);
  const print = (text: string): void => void world.out.write(redact(`${text}\n`));
  const { measured, unmeasured } =
    live === true ? await ask(parts, world) : { measured: new Map<string, Measured>(), unmeasured: [] };
  const input = { filters, cost, sinks, deadlineMs: settings.runDeadlineMs, assumptions, measured };
  const result = planFor(input);
  if (json === true)
    print(
      JSON.stringify({
        ...result,
        unmeasured,
        faults: faults.map(({ where, text }) => ({ filters: where, error: text })),
      }),
    );
  else {
    print(planTable(result, input));
    for (const { filter, error } of unmeasured) print(`not asked  ${filter}: ${error}`);
    for (const { where, text } of faults) print(`fault    ${where}: ${text}; the filters of this file are left out`);
  }
  return unmeasured.length + faults.length > 0 ? 1 : 0;
}

async function ask(
  { source, filters: { filters }, settings, openScope }: Program,
  { now }: World,
): Promise<{ readonly measured: ReadonlyMap<string, Measured>; readonly unmeasured: readonly Unmeasured[] }> {
  const scope = openScope('plan', LIVE_MS + LIVE_MS_A_FILTER * filters.length);
  const measured = new Map<string, Measured>();
  const unmeasured: Unmeasured[] = [];
  try {
    if (source.survey === undefined) throw new Error(`${source.name} cannot say how much a filter finds`);
    for await (const it of source.survey(filters, windowAt(now(), settings.settleMs), scope)) {
      if ('surveyed' in it) measured.set(it.filter.name, it.surveyed);
      else unmeasured.push({ filter: it.filter.name, error: it.fault.message });
      if (measured.size === 0 && unmeasured.length >= GIVE_UP) break;
    }
  } catch (error) {
    unmeasured.push({ filter: 'all filters', error: (error as Error).message });
  } finally {
    scope.close();
  }
  return { measured, unmeasured };
}
