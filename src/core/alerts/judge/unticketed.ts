import { DAY_MS } from '../../model/window.ts';
import type { Kind } from './kind.ts';
import { judgeIssue } from './parts/issue-kinds.ts';

/** Issues with events in the window of which nobody has touched a ticket for so long. */
export const unticketed: Kind<'unticketed'> = {
  judge: (rule, moment) => (id) =>
    judgeIssue(rule, moment, id, ({ ticket }) => {
      if (ticket === undefined) return { holds: null, text: 'its tickets are not known' };
      if (ticket === null) return { holds: true, text: 'of an issue without a ticket' };
      const { key, touchedAt } = ticket;
      const days = Math.max(0, Math.floor((moment.window.end - touchedAt) / DAY_MS));
      const holds = touchedAt < moment.window.end - rule.condition.spanMs;
      const when = agoText(days);
      return {
        holds,
        text: holds ? `of an issue whose ticket ${key} was touched ${when}` : `${key} was touched ${when}`,
      };
    }),
  endsWhen: () => null,
};

function agoText(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'a day ago' : `${days} days ago`;
}
