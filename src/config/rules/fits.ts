import { BY_WINDOW_MS, type Condition, isState } from '../../core/model/alerting/rule.ts';
import { spanText } from './spans.ts';

/** What an alert asks, and for what it is counted. */
export interface Asked {
  readonly condition: Condition;
  readonly each: 'issue' | 'filter';
}

/** Of sentences that do not say it. */
export function usualEach({ kind }: Condition): Asked['each'] {
  return ['events', 'users', 'anomaly', 'none', 'incomplete'].includes(kind) ? 'filter' : 'issue';
}

function lasts({ condition }: Asked): boolean {
  return isState(condition);
}

function isOfIssues({ each }: Asked): boolean {
  return each === 'issue';
}

interface Use {
  /** Whether the option means something for it. */
  for(asked: Asked): boolean;
  /** What it is for. */
  readonly what: string;
}

/** Options that do not go with every sentence. */
const USES = {
  hold: { for: lasts, what: 'what lasts, such as trending or events > 100' },
  clear: {
    for: (asked) => lasts(asked) && !['none', 'incomplete'].includes(asked.condition.kind),
    what: 'what lasts and is not over by one window, such as trending or events > 100',
  },
  escalate: { for: lasts, what: 'what lasts, such as trending or events > 100' },
  resolved: { for: lasts, what: 'what lasts, such as trending or events > 100' },
  repeat: {
    for: (asked) => lasts(asked) || ['any', 'title', 'unticketed'].includes(asked.condition.kind),
    what: 'what lasts or is told in every window, such as trending, events > 100 or any',
  },
  min: {
    for: (asked) => isOfIssues(asked) || asked.condition.kind === 'anomaly',
    what: 'issues and anomaly; of a filter write events > N',
  },
  cases: {
    for: ({ condition }) => condition.kind !== 'unticketed',
    what: 'what counts of events decide, and tickets are none',
  },
  after: { for: isOfIssues, what: 'issues, such as new, any or events > 100 with each: issue' },
  except: { for: isOfIssues, what: 'issues; leave events out with exclude: of the filter' },
} satisfies Record<string, Use>;

export type LimitedOption = keyof typeof USES;

/** Whether an option means something for a sentence. */
export function fitsTo(option: string, asked: Asked): boolean {
  return !Object.hasOwn(USES, option) || USES[option as LimitedOption].for(asked);
}

/** Why an option that is written does not go with its sentence; undefined: it does. */
export function misfit(option: string, sentence: string, asked: Asked): string | undefined {
  if (fitsTo(option, asked)) return undefined;
  return `means nothing with ${sentence}: it is for ${USES[option as LimitedOption].what}; remove it`;
}

/** Why a sentence cannot be counted so; undefined: it can. */
export function misfitOfEach(written: Asked['each'], sentence: string, condition: Condition): string | undefined {
  const { kind } = condition;
  if (kind !== 'events' && kind !== 'users')
    return written === usualEach(condition)
      ? undefined
      : `${sentence} speaks of each ${usualEach(condition)}; remove it`;
  const isLong = written === 'issue' && condition.spanMs > BY_WINDOW_MS;
  const most = spanText(BY_WINDOW_MS);
  return isLong
    ? `counts of issues are kept by window for ${most}; write in ${most} or less, or top 10 of 7d`
    : undefined;
}
