import type { Mute } from '../../core/model/alerting/rule.ts';
import { muteBody } from '../../core/telling/mutes/mute-body.ts';
import { muteBy, type MuteDeps } from '../../core/telling/mutes/mute-by.ts';
import { isOver } from '../../core/telling/mutes/is-over.ts';
import type { Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { actOnMutes } from './act.ts';
import { type Known, muteLine } from './text.ts';
import { wrapped } from '../summary/wrap.ts';
import { scopeWords } from './words.ts';

const HELP = `sentry-monitor mute <issue|rule|filter|channel> <name> [--for <time>]
                    --why <text>
sentry-monitor mute all [--for <time>] --why <text>
sentry-monitor mute [--json]

Holds back what is said of an issue, a rule, a filter, to a channel, or all of
it, on every server; by the ledger. What was held back is told at the end, as
one message. When everything is muted each channel is told of that once.
Without anything to mute it lists what is muted.

  <name>      an issue's id; a rule's name or sentence, also with its filter
              before it (crm-mail/new). The word before it may be left out where
              only one thing has the name
  --for       so long: 30m, 4h, 2d; 24 hours, unless an end is given
  --until     until an instant, ISO with zone
  --events    until it has had so many events
  --release   until the first event of this release
  --resolved  until it is over
  --why       why, for who comes across it; required
  --json      the answer as JSON, with the keys of a mute in a file

Exit codes: 0 muted, or listed; 1 a fault in settings or filters, or the ledger
cannot be reached; 2 bad call.
`;

const text = { type: 'string' } as const;
const OPTIONS = {
  events: text,
  for: text,
  json: { type: 'boolean', default: false },
  release: text,
  resolved: { type: 'boolean' },
  until: text,
  why: text,
} as const;

/** Holds back alerts for a while. */
export const mute: Command = {
  summary: 'holds back alerts of an issue, rule, filter, channel or all',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const { json, ...words } = values;
    return actOnMutes('mute', world, async (deps, titles) => {
      if (positionals.length === 0 && Object.keys(words).length === 0) {
        const mutes = await inForce(deps);
        return json ? asJson(mutes.map(muteBody)) : listed(mutes, await titles(mutes));
      }
      const made = await muteBy({ ...scopeWords(positionals, deps.known), ...words }, deps);
      return json ? asJson(muteBody(made)) : madeText(made, await titles([made]));
    });
  },
};

/** Those of files first. What ends otherwise than by time is listed until it is taken away. */
async function inForce({ ofFiles, outbox, now }: MuteDeps): Promise<readonly Mute[]> {
  return [...ofFiles, ...(await outbox.mutes())].filter((it) => !isOver(it, now));
}

function listed(mutes: readonly Mute[], titles: Known): string {
  return mutes.length === 0 ? 'nothing is muted\n' : mutes.map((it) => `${muteLine(it, titles)}\n`).join('');
}

/** NOTE: of an issue that nobody counted yet it is well, and of a mistyped one it holds back nothing. */
function madeText(made: Mute, titles: Known): string {
  const line = `${muteLine(made, titles)}\n`;
  if (made.what.kind !== 'issue' || titles.has(made.what.name)) return line;
  const doubt =
    `no filter has counted an issue ${made.what.name} so far: its id is the number at the end of its address in ` +
    `Sentry; sentry-monitor unmute ${made.id} takes this back`;
  return `${line}${wrapped(doubt, 0)}\n`;
}

function asJson(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}
