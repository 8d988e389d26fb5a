import { fitEvent } from '../../model/events/fit.ts';
import type { ErrorEvent } from '../../model/events/event.ts';
import type { Grouping } from '../issues/grouping.ts';
import type { Hash } from '../issues/issue-key.ts';
import type { Pattern } from '../pattern.ts';
import { isAtLeast, type Level } from '../readers/levels.ts';
import type { LogRecord } from '../record.ts';
import type { Chain, Raised } from '../tracebacks/traceback.ts';
import { enrich } from './enrich.ts';
import { issueOf, type IssueRules } from './issue-of.ts';
import { linkOf } from './link.ts';
import { readRecord, type RecordRead } from './read-record.ts';

/** Which records are events, and what is made of them. */
export interface EventRules extends IssueRules {
  /** The least level of a record without a traceback. */
  readonly level: Level;
  /** Names that an exception's name may end with; `any`: all. */
  readonly exceptions: 'any' | readonly string[];
  /** A record with one of these words anywhere is no event. */
  readonly deny: readonly string[];
  readonly enrich: readonly Pattern[];
  readonly scrub: readonly Pattern[];
  /** Words that say nothing of an error, beside those that never do. */
  readonly noise: readonly string[];
  /** See `linkOf`; null: its lines have no page. */
  readonly page: string | null;
}

export const ANY_EVENT: EventRules = {
  ...{ level: 'error', exceptions: 'any', deny: [] },
  ...{ grouping: { merge: [], keep: [] }, enrich: [], scrub: [], noise: [], page: null },
};

export type Skipped = 'level' | 'exceptions' | 'deny';
export type EventMade = { readonly event: ErrorEvent; readonly grouping: Grouping } | { readonly skipped: Skipped };

/** What is known of the record beside itself. */
export interface Around {
  /** Epoch ms. */
  readonly at: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly hash: Hash;
}

/** Of search terms' text its beginning and its end are kept, so much of each: the exception stands at the end. */
const HALF_TEXT = 4_000;

/** The event that a record is; the same record makes the same. */
export function toEvent(record: LogRecord, rules: EventRules, around: Around): EventMade {
  const read = readRecord(record, rules.scrub);
  const { head, text } = read;
  const skipped = skipOf(read, rules);
  if (skipped !== null) return { skipped };
  const { frames, grouping, ...issue } = issueOf(read, rules, around.hash);
  const found = enrich(rules.enrich, text, read.context);
  const whole = record.whole;
  const logger = head?.logger ?? null;
  const event = fitEvent({
    id: record.id,
    ...issue,
    at: around.at,
    text: text.length > 2 * HALF_TEXT ? `${text.slice(0, HALF_TEXT)}\n${text.slice(-HALF_TEXT)}` : text,
    level: read.level,
    environment: found.environment ?? whole?.environment ?? null,
    release: found.release ?? whole?.release ?? null,
    user: found.user ?? whole?.user ?? null,
    tags: { ...around.tags, ...(logger === null ? {} : { logger }), ...head?.tags, ...found.tags },
    url: null,
    sample: { text, frames, context: read.context, ...linkIn(record, rules, around) },
    grouping,
  });
  return { event, grouping };
}

function skipOf({ level, chains, text }: RecordRead, rules: EventRules): Skipped | null {
  if (chains.length === 0 && !isAtLeast(level, rules.level)) return 'level';
  if (rules.exceptions !== 'any' && !isMeant(chains, rules.exceptions)) return 'exceptions';
  return rules.deny.some((word) => text.includes(word)) ? 'deny' : null;
}

function linkIn({ id }: LogRecord, { page }: EventRules, { tags }: Around): { readonly link?: string } {
  return page === null ? {} : { link: linkOf(page, id, tags) };
}

/** NOTE: the end of a name is enough: who asks for `KeyError` gets `shop.errors.CartKeyError` too. */
function isMeant(chains: readonly Chain[], names: readonly string[]): boolean {
  const isOne = (raised: Raised): boolean =>
    names.some((name) => raised.type.endsWith(name)) || raised.members.some((chain) => chain.some(isOne));
  return chains.some((chain) => chain.some(isOne));
}
