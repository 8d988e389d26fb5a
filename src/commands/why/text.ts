import { minuteText, spanText } from '../../core/alerts/words/times.ts';
import type { ChannelSeen } from '../../core/ports/alerting/outbox.ts';
import { many } from '../../platform/numbers.ts';
import { onOneLine } from '../summary/blocks.ts';
import { wrapped } from '../summary/wrap.ts';
import type { Answers, Line } from './answers.ts';

/** For a terminal of 80 columns: what was told comes first, and all that is alike is said once. */
export function textOf({ lines, channels, undecided }: Answers, subject: string): string {
  const parts = [...Map.groupBy(lines, ({ filter, window }) => `${filter} ${window.start}`).values()].map((some) =>
    filterText(some, subject),
  );
  const none = undecided.map((name) => `${name}: no window was decided yet`);
  const failing = channels.filter(({ lastError }) => lastError !== null).map(channelText);
  return [...parts, ...none, ...failing].join('\n\n');
}

function filterText(lines: readonly Line[], subject: string): string {
  const { filter, window } = lines[0]!;
  const rules = [...Map.groupBy(lines, ({ rule }) => rule)].map(([rule, some]) => ruleText(rule, some, subject));
  return [`${filter}, ${spanText(window.start, window.end)}`, ...rules].join('\n');
}

/** Issues that a rule says nothing of are listed up to so many; all others are. */
const MOST = 10;

function ruleText(rule: string, lines: readonly Line[], subject: string): string {
  const bySubject = [...Map.groupBy(lines, (line) => line.subject).values()];
  const isTold = (some: readonly Line[]): boolean => some.some(({ decision }) => decision !== 'not yet');
  const [told, others] = [bySubject.filter(isTold), bySubject.filter((some) => !isTold(some))];
  const listed = [...told, ...others.slice(0, MOST)];
  const rest = others.length - MOST;
  const more = rest > 0 ? [`      and ${many(rest, 'issue')} more not yet: ask for one by its id`] : [];
  return [`   ${onOneLine(rule)}`, ...listed.map((some) => subjectText(some, subject)), ...more].join('\n');
}

function subjectText(lines: readonly Line[], asked: string): string {
  const [first] = lines;
  const isIssue = first!.subject !== first!.filter;
  const title = first!.titled === null ? '' : ` ${first!.titled}`;
  const head = isIssue && first!.subject !== asked ? [wrapped(`${first!.subject}${title}`, 6)] : [];
  // What is the same for several channels is said once.
  const alike = [...Map.groupBy(lines, ({ decision, why }) => `${decision} ${why}`).values()];
  return [...head, ...alike.map(decisionText)].join('\n');
}

function decisionText(lines: readonly Line[]): string {
  const { decision, why } = lines[0]!;
  const names = lines.map(({ recipient }) => recipient).join(', ');
  return `      ${decision.padEnd(12)}${wrapped(`${names}: ${why}`, 18).trimStart()}`;
}

function channelText({ channel, lastSuccess, lastError }: ChannelSeen): string {
  const since = lastSuccess === null ? 'nothing has reached it yet' : `last success ${minuteText(lastSuccess)}`;
  return wrapped(`${channel} fails, ${since}: ${lastError}`, 0);
}
