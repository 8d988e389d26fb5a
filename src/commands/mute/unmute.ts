import { muteBody } from '../../core/telling/mutes/mute-body.ts';
import { unmuteBy } from '../../core/telling/mutes/mute-by.ts';
import type { Command } from '../command.ts';
import { readOptions } from '../read-options.ts';
import { actOnMutes } from './act.ts';
import { endedLine } from './text.ts';
import { scopeWords } from './words.ts';

const OPTIONS = { json: { type: 'boolean', default: false } } as const;

/** Ends a mute. */
export const unmute: Command = {
  summary: 'ends a mute; what it held back is told',
  help: `sentry-monitor unmute <id> [--json]
sentry-monitor unmute <issue|rule|filter|channel> <name> [--json]
sentry-monitor unmute all [--json]

Ends a mute by its id, or all mutes of just that. The next run tells what was
held back, as one message. A mute that stands in a file is ended there.

  --json  what ended, as JSON

Exit codes: 0 ended; 1 a fault in settings or filters, or the ledger cannot be
reached; 2 bad call, or there is no such mute.
`,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    return actOnMutes('unmute', world, async (deps, titles) => {
      const [first = '', name] = positionals;
      const isId = name === undefined && (await deps.outbox.mutes()).some(({ id }) => id === first);
      const ended = await unmuteBy(isId ? { id: first } : scopeWords(positionals, deps.known), deps);
      if (values.json) return `${JSON.stringify(ended.map(muteBody), null, 2)}\n`;
      const known = await titles(ended);
      return ended.map((it) => `${endedLine(it, known)}\n`).join('');
    });
  },
};
