import type { WatchRule } from '../model/watches/watch-plan.ts';
import { ageText, minuteText } from '../alerts/words/times.ts';
import type { Look, WatchNews } from './rule-state.ts';

/** Why a rule of a watch says so: one plain sentence with the numbers. */
export function whyOf({ condition }: Pick<WatchRule, 'condition'>, news: WatchNews, { at, value, kept }: Look): string {
  const when = minuteText(at);
  const isOver = news === 'resolved';
  switch (condition.kind) {
    case 'above':
      return `the value is ${shown(value)} at ${when}, ${isOver ? 'no longer' : 'which is'} above ${condition.limit}`;
    case 'below':
      return `the value is ${shown(value)} at ${when}, ${isOver ? 'no longer' : 'which is'} below ${condition.limit}`;
    case 'changes':
      return `the value is ${shown(value)} since ${when}`;
    case 'stale': {
      if (isOver) return `there is a good answer again at ${when}`;
      const since = minuteText(kept.good?.at ?? kept.since);
      return kept.good === null
        ? `there has been no good answer yet, and it is asked since ${since}`
        : `there has been no good answer for ${ageText(at - kept.good.at)}, since ${since}`;
    }
  }
}

/** When what lasts is over. */
export function endOf({ condition, clear }: Pick<WatchRule, 'condition' | 'clear'>): string | null {
  const answers = clear === 1 ? 'an answer' : `${clear} answers in a row`;
  switch (condition.kind) {
    case 'above':
      return `${answers} of at most ${condition.limit}`;
    case 'below':
      return `${answers} of at least ${condition.limit}`;
    case 'changes':
      return null;
    case 'stale':
      return 'a good answer';
  }
}

function shown(value: Look['value']): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
