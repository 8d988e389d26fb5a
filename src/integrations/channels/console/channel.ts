import { leadOf } from '../../../core/alerts/words/head.ts';
import { wordsOf, type Worded } from '../../../core/alerts/words/worded.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import type { ChannelActs } from '../../plugin.ts';

const LEVELS = { critical: 'error', warning: 'warn', info: 'info' } as const;

interface Line extends JsonObject {
  readonly severity: keyof typeof LEVELS;
  readonly text: string;
}

/** One line per alert. */
export function createConsole(name: string): ChannelActs {
  return {
    fit(message) {
      const words = wordsOf(message, Infinity);
      const lines: readonly Line[] = message.alerts.length === 0 ? [headLine(words)] : linesOf(words, leadOf(message));
      return { body: { lines }, leftOut: 0 };
    },
    async send({ body }, { id }, { log }) {
      for (const { severity, text } of (body as { lines: readonly Line[] }).lines)
        log[LEVELS[severity]]({ channel: name, message: id, alert: text }, 'alert');
      return { status: 'accepted' };
    },
  };
}

function headLine({ head, notes }: Worded): Line {
  return { severity: 'info', text: [head, ...notes.filter((note) => note !== head)].join('; ') };
}

/** What holds of the whole message stands before each: lines of a log are read alone. */
function linesOf({ alerts, notes }: Worded, before: string): readonly Line[] {
  return alerts.map(({ severity, title, why, when, rule, links }) => {
    const parts = [title, why, when, rule, ...notes, ...links.map(({ url }) => url)];
    return { severity, text: `${before}${severity}: ${parts.join('; ')}` };
  });
}
