import { assemble, type Program } from '../../app/assemble.ts';
import { StartError } from '../../app/start-error.ts';
import { SILENT } from '../../app/by-hand/silent.ts';
import type { World } from '../../app/world.ts';
import type { SourceCost } from '../../core/ports/source-cost.ts';
import { costs } from '../../integrations/sinks/index.ts';
import type { Command } from '../command.ts';
import { leftOut, orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { ASSUMPTION_OPTIONS, assumptionsOf } from './assumptions.ts';
import { planFor } from './estimate/index.ts';
import { ASSUMED, type Assumptions, type PlanInput } from './estimate/types.ts';
import { planJson } from './json.ts';
import { measure, NOT_MEASURED } from './measure.ts';
import { planTable } from './table.ts';

const HELP = `sentry-monitor plan [--live] [--json] [assumptions]

What the filters cost: requests and seconds of a run, the share of Sentry's
limits, series and GB a day at New Relic, metrics at Anodot, and warnings. By
the settings of the service, without a network.

  --live          asks Sentry how much each filter found in the last day: two
                  small requests a filter; a server that is read page by page
                  is planned so, with --events as assumed
  --json          the same for machines

Assumed otherwise, where it cannot be known:
  --issues        of a filter in a window (${ASSUMED.issues})
  --combinations  of tags of one issue, where the filter has tags (${ASSUMED.combinations})
  --events        of a project in a window, where events are read page by
                  page (${ASSUMED.events})
  --title         characters of an issue's title (${ASSUMED.title})
  --renewed       % of a filter's issues beyond its 100 biggest whose details
                  are asked again (${ASSUMED.renewed})
  --regressed     % of a filter's 100 biggest issues that came back in the
                  last days (${ASSUMED.regressed})
  --latency       ms of Sentry's answers, several with commas
                  (${ASSUMED.latencies.join(',')})
  --per-second    requests that Sentry takes a second; 0: as many as come (${ASSUMED.perSecond})
  --at-once       and at once (${ASSUMED.atOnce})

Exit codes: 0 planned; 1 a fault in settings or filters, or a filter that
Sentry did not answer; 2 bad call.
`;

const OPTIONS = {
  ...ASSUMPTION_OPTIONS,
  live: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** What the filters cost, before they run. */
export const plan: Command = {
  summary: 'what the filters cost at Sentry, New Relic and Anodot',
  options: OPTIONS,
  help: HELP,
  async run(args, world) {
    const { live, json, ...assumed } = readOptions(args, OPTIONS).values;
    const assumptions = assumptionsOf(assumed);
    return orFaults(
      json ? world.err : world.out,
      async () => {
        const program = assemble({ ...world, out: SILENT });
        return await show(program, assumptions, { live, json }, world);
      },
      'nothing to plan',
    );
  },
};

interface Shown {
  readonly live: boolean;
  readonly json: boolean;
}

async function show(program: Program, assumptions: Assumptions, { live, json }: Shown, world: World): Promise<number> {
  const { filters, redact } = program;
  const print = (text: string): void => void world.out.write(redact(`${text}\n`));
  const { measured, unmeasured, sourceCost } = live ? await measure(program, world) : NOT_MEASURED;
  const input: PlanInput = {
    filters: filters.filters,
    sourceCost: sourceCost ?? costOf(program),
    sinks: program.sinks,
    sinkCosts: costsOf(program),
    deadlineMs: program.settings.runDeadlineMs,
    assumptions,
    measured,
  };
  const made = planFor(input);
  if (json) {
    const faults = filters.faults.map(({ where, text }) => ({ filters: where, error: text }));
    print(JSON.stringify({ ...planJson(made), unmeasured, faults }));
  } else {
    print(planTable(made, input));
    for (const { filter, error } of unmeasured) print(`not asked  ${filter}: ${error}`);
    world.out.write(redact(leftOut(filters.faults)));
  }
  return unmeasured.length + filters.faults.length > 0 ? 1 : 0;
}

/** Of every sink by its name, and of those that the environment could set up. */
function costsOf({ sinks, sinkVendors }: Program): PlanInput['sinkCosts'] {
  const own = sinks.flatMap(({ name }) => {
    const cost = costs[sinkVendors.get(name)!];
    return cost === undefined ? [] : [[name, cost] as const];
  });
  return { ...costs, ...Object.fromEntries(own) };
}

function costOf({ source }: Program): SourceCost {
  if (source.cost === undefined) throw new StartError([`${source.name}: nothing is known of what it costs to read`]);
  return source.cost;
}
