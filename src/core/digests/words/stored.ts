import { ticketsText } from './tickets.ts';
import type { Digest, DigestFilter, DigestIssue } from '../../model/alerting/digest.ts';
import { many } from './counts.ts';
import { chartLine, shortTitle } from './parts.ts';
import { type ZoneWords, zoneWords } from './times.ts';

/** What a digest of what was stored says, in plain text. */
export function storedLines(digest: Digest): readonly string[] {
  const { name, slot, zone, filters, late, lacks = [] } = digest;
  const words = zoneWords(zone);
  const events = filters.reduce((sum, it) => sum + it.events, 0);
  const said = filters.filter((it) => it.events > 0);
  return [
    `${late ? 'Late: ' : ''}${name}: ${many(events, 'event')} since ${words.instant(slot.start)} ${zone}`,
    ...lacks,
    ...said.flatMap((of) => filterLines(of, words, filters.length > 1)),
    ...chartLine(digest, words),
  ];
}

function filterLines(of: DigestFilter, words: ZoneWords, isNamed: boolean): readonly string[] {
  const { filter, events, issues, biggest } = of;
  const rest = (issues ?? 0) - biggest.length;
  const fresh = of.new.count === 0 ? '' : `, ${of.new.count} new`;
  const head = `${many(events, 'event')} in ${many(issues ?? 0, 'issue')}${fresh}`;
  return [
    isNamed ? `${filter}: ${head}` : head,
    ...biggest.map((issue) => `- ${issueText(issue, words)}`),
    ...(rest > 0 ? [`- and ${many(rest, 'more issue')}`] : []),
  ];
}

/** `703 events: Course missing; first Tue 2020-01-21 06:18, last Thu 2020-01-30 01:34 https://…` */
function issueText({ events, state, title, id, url, records, tickets = [] }: DigestIssue, words: ZoneWords): string {
  const said = `${many(events, 'event')}${state === 'new' ? ', new' : ''}: ${shortTitle(title ?? `issue ${id}`)}`;
  const told = records === undefined ? '' : recordsText(records, title, words);
  return `${said}${told}${ticketsText(tickets)}${url === null ? '' : ` ${url}`}`;
}

/** Records of one issue may say other things than its newest: then these stand there too. */
function recordsText(
  { first, last }: NonNullable<DigestIssue['records']>,
  title: string | null,
  words: ZoneWords,
): string {
  const one = (record: typeof first): string =>
    `${words.instant(record.at)}${record.title === title ? '' : ` "${shortTitle(record.title)}"`}`;
  if (first.at === last.at && first.title === last.title) return `; at ${one(first)}`;
  return `; first ${one(first)}, last ${one(last)}`;
}
