import { HOUR_MS, windowAt } from '../../core/model/window.ts';
import type { Command } from '../command.ts';
import { named } from '../named.ts';
import { countOf, readOptions } from '../read-options.ts';
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
  hours: { type: 'string', default: String(HOURS) },
  markdown: { type: 'boolean', default: false },
} as const;

/** What one's own filters find, before anything is sent. */
export const preview: Command = {
  summary: 'what the filters find: a table, or what a change gains and loses',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const hours = countOf('hours', values.hours, MOST_HOURS);
    const { filters: path, against, markdown: isMarkdown } = values;
    const own = path === undefined ? world : { ...world, env: { ...world.env, FILTERS: path } };
    return orFaults(
      world.err,
      async () => {
        const program = assembleToLook(own);
        const { end } = windowAt(world.now(), program.settings.settleMs);
        const span = { start: end - hours * HOUR_MS, end };
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
