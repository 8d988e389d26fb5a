import type { World } from '../../app/world.ts';
import { DAY_MS, windowAt } from '../../core/model/window.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { assembleToLook } from '../../app/by-hand/assemble-to-look.ts';
import { countOf, readOptions } from '../read-options.ts';
import { tryAll } from './try-all.ts';

const DAYS = 14;
const MOST_DAYS = 30;

const HELP = `sentry-monitor rules try [<filter>...] [--days <n>] [--filters <path>]
                   [--against <path>] [--markdown] [--json]

What the alerts of the filters would have told whom in the last days: every
message, messages a day by channel, and the noisiest rules. Decided as a run
decides, over what the ledger holds; where it is too young, over Sentry's own
time series, which takes a request for each issue. It says which. Nothing is
sent or remembered. Alerts of watches are not tried: they have no past to try.

  <filter>    only these
  --days      how many, 1 to ${MOST_DAYS} (${DAYS}). A ledger has windows by issue for two
              days: rules on issues are tried on Sentry beyond that
  --filters   another file or folder than FILTERS
  --against   the file or folder as it was: what the alerts of now tell more and
              less
  --markdown  for a pull request
  --json      the same for machines

Exit codes: 0 tried; 1 a fault in settings or filters, or something was not
read, which is said; 2 bad call.
`;

const OPTIONS = {
  against: { type: 'string' },
  days: { type: 'string', default: String(DAYS) },
  filters: { type: 'string' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const;

/** Alerts tried on the past, before they wake anybody. */
export const rules: Command = {
  summary: 'rules try: what alerts would have told whom in the last days',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const [what, ...names] = positionals;
    if (what !== 'try') throw new BadCall('rules needs one of: try');
    const { filters: path, against, markdown: isMarkdown, json: isJson } = values;
    if (isMarkdown && isJson) throw new BadCall('--markdown is for people, and --json for machines; leave one out');
    const days = countOf('days', values.days, MOST_DAYS);
    const own: World = path === undefined ? world : { ...world, env: { ...world.env, FILTERS: path } };
    return orFaults(
      world.err,
      async () => {
        const program = assembleToLook(own);
        const { end } = windowAt(world.now(), program.settings.settleMs);
        const span = { start: end - days * DAY_MS, end };
        return await tryAll({ program, span, names, against, isMarkdown, isJson }, world);
      },
      'nothing was read',
    );
  },
};
