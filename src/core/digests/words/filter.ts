import { ticketsText } from './tickets.ts';
import type {
  DigestFilter,
  DigestHold,
  DigestIssue,
  DigestIssues,
  DigestRule,
  DigestWindows,
} from '../../model/alerting/digest.ts';
import { many, number, someOf } from './counts.ts';
import { shortTitle } from './parts.ts';
import type { ZoneWords } from './times.ts';

/** So many are named of each kind; the digest itself holds more. */
const ISSUES = 5;
const SPANS = 5;

/** What is said of one filter, a line each. `day`: an instant of the day that need not be said, ISO. */
export function linesOfFilter(of: DigestFilter, zone: ZoneWords, day: string): readonly string[] {
  const { filter, windows } = of;
  const gaps = gapLines(windows, zone, day);
  const isQuiet = of.events === 0 && windows.counted > windows.incomplete;
  const head = isQuiet
    ? `${filter}: 0 of ${windows.all} windows with events${gaps.length === 0 ? ', all complete' : ''}${beforeText(of)}`
    : `${filter}: ${countText(of)}${beforeText(of)}`;
  return [head, ...[...gaps, ...issueLines(of), ...toldLines(of)].map((line) => `- ${line}`)];
}

function countText({ events, issues, issuesAtLeast, windows }: DigestFilter): string {
  if (windows.counted === 0) return 'nothing was counted';
  const isLeast = windows.notCounted + windows.incomplete > 0;
  const inIssues = issues === null ? '' : ` in ${issuesAtLeast ? 'at least ' : ''}${many(issues, 'issue')}`;
  return `${isLeast ? 'at least ' : ''}${many(events, 'event')}${inIssues}`;
}

/** `; 980 in 28 issues before (+23 %)` */
function beforeText({ events, windows, before }: DigestFilter): string {
  if (before.events === null) return '';
  const change =
    before.events > 0 && windows.counted > 0
      ? ` (${signed(Math.round(((events - before.events) / before.events) * 100))} %)`
      : '';
  const inIssues = before.issues === null ? '' : ` in ${many(before.issues, 'issue')}`;
  return `; ${before.complete ? '' : 'at least '}${number(before.events)}${inIssues} before${change}`;
}

function signed(percent: number): string {
  return percent > 0 ? `+${number(percent)}` : number(percent);
}

function gapLines({ gaps, all }: DigestWindows, zone: ZoneWords, day: string): readonly string[] {
  const said = {
    'not counted': 'were not counted',
    incomplete: 'have gaps',
    silent: 'were silent: nobody knows whether there was an error',
  } as const;
  return (['silent', 'not counted', 'incomplete'] as const).flatMap((what) => {
    const own = gaps.filter((gap) => gap.what === what);
    if (own.length === 0) return [];
    const count = own.reduce((sum, { start, end }) => sum + (Date.parse(end) - Date.parse(start)) / 300_000, 0);
    const spans = own.map(({ start, end }) => zone.span(start, end, day));
    return [`${number(count)} of ${number(all)} windows ${said[what]} (${someOf(spans, SPANS)})`];
  });
}

function issueLines(of: DigestFilter): readonly string[] {
  const { biggest, issues, issuesSince } = of;
  const shown = biggest.slice(0, ISSUES);
  const known = new Set(shown.map(({ id }) => id));
  const others = [
    ...moreOf('new', of.new, known),
    ...moreOf('regressed', of.regressed, known),
    ...moreOf('archived', of.archived, known),
  ];
  const rest = (issues ?? 0) - shown.length - others.filter(({ isOne }) => isOne).length;
  return [
    ...(issuesSince === null || shown.length === 0
      ? []
      : [`issues are counted by days here, from ${issuesSince.slice(0, 10)} 00:00 UTC on`]),
    ...shown.map(issueLine),
    ...others.map(({ line }) => line),
    ...(rest > 0 ? [`and ${many(rest, 'more issue')}`] : []),
  ];
}

/** Those of a state that the biggest ones do not show. */
function moreOf(
  state: string,
  { count, first }: DigestIssues,
  known: Set<string>,
): readonly { readonly line: string; readonly isOne: boolean }[] {
  const others = first.filter(({ id }) => !known.has(id));
  const shown = others.slice(0, ISSUES);
  for (const { id } of shown) known.add(id);
  const rest = count - first.filter(({ id }) => known.has(id)).length;
  return [
    ...shown.map((issue) => ({ line: issueLine(issue), isOne: true })),
    ...(rest > 0 ? [{ line: `${number(rest)} more ${state}`, isOne: false }] : []),
  ];
}

function issueLine({ events, users, state, title, id, url, tickets = [] }: DigestIssue): string {
  const name = title ?? `issue ${id}`;
  const of = users > 0 ? `${many(events, 'event')}, at least ${many(users, 'user')}` : many(events, 'event');
  const said = `${of}${state === 'ongoing' ? '' : `, ${state}`}: ${shortTitle(name)}${ticketsText(tickets)}`;
  return `${said}${url === null ? '' : ` ${url}`}`;
}

function toldLines({ rules, held }: DigestFilter): readonly string[] {
  const told = rules.flatMap(ruleText);
  const kept = (Object.entries(held) as [DigestHold, number][]).map(([why, count]) => `${number(count)} ${HELD[why]}`);
  return [
    ...(told.length === 0 ? [] : [`alerts told: ${told.join('; ')}`]),
    ...(kept.length === 0 ? [] : [`alerts held back or lost: ${kept.join(', ')}`]),
  ];
}

const HELD: Readonly<Record<DigestHold, string>> = {
  muted: 'muted',
  quiet: 'in quiet hours',
  grouped: 'waiting for others',
  dropped: 'below what the channel takes, or over before',
  refused: 'refused by the channel',
  'given up': 'given up',
  uncertain: 'of unknown fate',
};

function ruleText({ rule, began, ended, told }: DigestRule): readonly string[] {
  const parts = [
    began > 0 ? `began ${times(began)}` : '',
    ended > 0 ? `ended ${times(ended)}` : '',
    told > 0 ? `told ${times(told)}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`${rule} ${parts.join(', ')}`];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${number(count)} times`;
}
