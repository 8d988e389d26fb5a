import type { Program } from '../../app/assemble.ts';
import type { World } from '../../app/world.ts';
import { HOUR_MS, type Window, windowAt } from '../../core/model/window.ts';
import { BadCall, type Command } from '../command.ts';
import { named } from '../named.ts';
import { readOptions } from '../read-options.ts';
import { programBefore, showComparison } from './against.ts';
import { orFaults } from '../or-faults.ts';
import { assembleToLook } from '../../app/by-hand/assemble-to-look.ts';
import { showSpan } from './show.ts';

const HOURS = 3;
const MOST_HOURS = 24;

const HELP = `sentry-monitor preview [<filter>...] [--hours <n>] [--filters <path>]
                       [--against <path>] [--markdown]

What the filters find, window by window, in the last hours: counts, the biggest
and the trending issues with their links, and how many records each sink would
get. Sentry is read as in a debug run; nothing is sent or remembered.

  <filter>    only these
  --hours     how many, 1 to ${MOST_HOURS} (${HOURS}); an hour is 12 windows
  --filters   another file or folder than FILTERS
  --against   the file or folder as it was: what the filters of now gain and
              lose, in events, issues and records
  --markdown  for a pull request

Exit codes: 0 shown; 1 a fault in settings or filters, or something was not
read, which is said; 2 bad call.
`;

const OPTIONS = {
  against: { type: 'string' },
  filters: { type: 'string' },
  hours: { type: 'string' },
  markdown: { type: 'boolean', default: false },
} as const;

/** What one's own filters find, before anything is sent. */
export const preview: Command = {
  summary: 'what the filters find: a table, or what a change gains and loses',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const hours = hoursIn(values.hours);
    const { filters: path, against, markdown: isMarkdown } = values;
    const own = path === undefined ? world : { ...world, env: { ...world.env, FILTERS: path } };
    return orFaults(
      world.err,
      async () => {
        const program = assembleToLook(own);
        const span = spanOf(hours, program, world);
        if (against !== undefined) {
          const sides = { before: programBefore(against, world), now: program };
          return await showComparison({ ...sides, span, names: positionals }, world, { isMarkdown });
        }
        const filters = named('filter', positionals, program.filters.filters) ?? program.filters.filters;
        return await showSpan({ span, filters, sinks: program.sinks }, program, world, { isMarkdown });
      },
      'nothing was read',
    );
  },
};

function hoursIn(text = String(HOURS)): number {
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (hours >= 1 && hours <= MOST_HOURS) return hours;
  throw new BadCall(`--hours: ${JSON.stringify(text)} is not a whole number from 1 to ${MOST_HOURS}`);
}

function spanOf(hours: number, { settings }: Program, { now }: World): Window {
  const { end } = windowAt(now(), settings.settleMs);
  return { start: end - hours * HOUR_MS, end };
}
