import { cleanText, shortText } from '../../alerts/words/clean-text.ts';
import { mostThatFit } from '../../alerts/words/most-that-fit.ts';
import type { Hit, IssueContent } from '../../model/ticketing/content.ts';
import type { TicketOrder } from '../../model/ticketing/order.ts';
import type { TextPart, TicketText, Word } from '../../ports/tickets/tracker.ts';
import { hitWords } from './shown.ts';
import { shortenCode } from './shorten-code.ts';

/** What a text of ours is made of. */
export interface TextWish {
  readonly content: IssueContent;
  readonly order: Pick<TicketOrder, 'by' | 'from' | 'why'>;
  /** The newest first; only these are listed. */
  readonly hits: readonly Hit[];
  /** Events that there were besides those in `hits`. */
  readonly more: number;
  /** With the newest event's text, and what is known of the issue. */
  readonly isFull: boolean;
  /** Key of the ticket before this one; null: there is none. */
  readonly previous: string | null;
  /** Stands in the last line, so that the text is found again. */
  readonly mark: string;
}

/** A text that fits: of the hits the oldest are left out, and it says how many. */
export function textOf(wish: TextWish, fits: (text: TicketText) => boolean): TicketText {
  const withHits = (count: number): TicketText => write(wish, count);
  return withHits(mostThatFit(wish.hits.length, (count) => fits(withHits(count))) ?? 0);
}

function write({ content, order, hits, more, isFull, previous, mark }: TextWish, count: number): TicketText {
  const shown = hits.slice(0, count);
  const left = hits.length - shown.length + more;
  return [
    ...(isFull ? head(content) : []),
    ...linesOf(order.why ?? '').map((text) => line({ text })),
    ...(previous === null ? [] : [line({ text: `It was in ${previous} before.` })]),
    ...(isFull ? saidBy(content) : []),
    ...listOf(shown, left, isFull),
    line({ text: `${doer(order)}, by sentry-monitor (${mark})` }),
  ];
}

function saidBy({ text, lack }: IssueContent): TicketText {
  if (text !== null) return [{ kind: 'code', text: shortenCode(text) }];
  return lack === undefined ? [] : [line({ text: shortText(cleanText(lack), 500) })];
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((it) => cleanText(it).trim() || []);
}

function head({ title, culprit, level, url, page }: IssueContent): TicketText {
  const about = [culprit, level].flatMap((it) => (it === null || it === '' ? [] : cleanText(it))).join(', ');
  const links = [
    ...(url === null ? [] : [{ text: 'the issue', url }]),
    ...(page === null ? [] : [{ text: 'its page at sentry-monitor', url: page }]),
  ];
  return [
    line({ text: shortText(cleanText(title), 500) }),
    ...(about === '' ? [] : [line({ text: shortText(about, 500) })]),
    ...(links.length === 0
      ? []
      : [line(...links.flatMap((link, at) => (at === 0 ? [link] : [{ text: ' · ' }, link])))]),
  ];
}

function listOf(shown: readonly Hit[], left: number, isFull: boolean): TicketText {
  if (shown.length === 0) return left === 0 ? [] : [line({ text: `${counted(left)} (none is listed here).` })];
  const rest = left === 0 ? [] : [line({ text: `and ${left} more` })];
  const lead = isFull ? 'Events, the newest first:' : 'New events, the newest first:';
  return [line({ text: lead }), { kind: 'list', items: shown.map(hitWords) }, ...rest];
}

function counted(events: number): string {
  return events === 1 ? '1 event' : `${events} events`;
}

function doer({ by, from }: TextWish['order']): string {
  const who = shortText(cleanText(by), 100);
  switch (from) {
    case 'page':
      return `Asked for by ${who} on a page`;
    case 'slack':
      return `Asked for by ${who} in Slack`;
    case 'rule':
      return `Filed by ${who}`;
  }
}

function line(...words: readonly Word[]): TextPart {
  return { kind: 'line', words };
}
