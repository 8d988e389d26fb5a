import type { GroupedBy } from '../../model/events/event.ts';
import type { Pattern } from '../pattern.ts';
import type { Head } from '../record.ts';
import type { Chain, Raised } from '../tracebacks/traceback.ts';
import { placeOf, type Place } from './frame-place.ts';
import { plainText } from './plain-text.ts';

/** What of a record decides of which issue it is. */
export interface Subject {
  readonly head: Head | null;
  readonly chains: readonly Chain[];
  /** What it says: the header's message, or the lines before the traceback. */
  readonly message: string;
  /** All of it. */
  readonly text: string;
}

/** Patterns of the intake, in its own words. */
export interface GroupingPatterns {
  /** Records in which one of them is found are one issue, whatever else they are. */
  readonly merge: readonly Pattern[];
  /** What they find is told apart. */
  readonly keep: readonly Pattern[];
}

/** Why a record is of its issue: records with the same grouping are one. */
export interface Grouping extends GroupedBy {
  readonly by: 'merge' | 'frames' | 'call site' | 'text';
}

/** Of a pattern's text at most, UTF-16 units. */
const MOST_MATCHED = 65_536;
/** Exceptions of a chain and its groups at most, and places of them. */
const MOST_RAISED = 50;
const MOST_PLACES = 250;

export function groupingOf(subject: Subject, { merge, keep }: GroupingPatterns): Grouping {
  const text = subject.text.slice(0, MOST_MATCHED);
  const merged = merge.find((pattern) => pattern.test(text));
  if (merged !== undefined) return { by: 'merge', parts: [`merge: ${merged.source}`], kept: [] };
  const kept = keep.flatMap((pattern) => pattern.match(text) ?? []);
  return { ...own(subject), kept };
}

function own({ head, chains, message }: Subject): Omit<Grouping, 'kept'> {
  const raised = (chains[0] ?? []).flatMap(withMembers).slice(0, MOST_RAISED);
  const named = raised.filter(({ type }) => type !== '');
  const places = placesOf(raised);
  if (places.length > 0)
    return { by: 'frames', parts: [...new Set(named.map(({ type }) => type)), ...places.map(inWords)] };
  if (named.length > 0) {
    const last = named.at(-1)!;
    const parts = [...named.map(({ type }) => type), plainText(`${last.type}: ${last.message}`)];
    return { by: 'text', parts: [...source(head), ...parts] };
  }
  const site = callSiteOf(head);
  if (site !== null) return { by: 'call site', parts: [site] };
  return { by: 'text', parts: [...source(head), plainText(message)] };
}

const COMPREHENSIONS: ReadonlySet<string> = new Set(['<listcomp>', '<dictcomp>', '<setcomp>']);

function withMembers(raised: Raised): readonly Raised[] {
  return [...raised.members.flatMap((chain) => chain.flatMap(withMembers)), raised];
}

/** One's own places, those of libraries when there are no others. Each once: the depth of a recursion is chance. */
function placesOf(raised: readonly Raised[]): readonly Place[] {
  const all = new Map<string, Place>();
  for (const { frames } of raised) {
    for (const frame of frames) {
      // NOTE: Python 3.12 has no frames of their own for comprehensions any more.
      if (COMPREHENSIONS.has(frame.function ?? '')) continue;
      const place = placeOf(frame);
      all.set(inWords(place), place);
    }
  }
  const places = [...all.values()];
  const mine = places.filter(({ isOwn }) => isOwn);
  return (mine.length > 0 ? mine : places).slice(0, MOST_PLACES);
}

export function inWords({ module, function: name }: Omit<Place, 'isOwn'>): string {
  return name === '' ? module : `${module} in ${name}`;
}

/**
 * The statement that logs, where the header names one's own file and line: what it says differs, and it is one thing.
 * A library's statement logs for everybody: there the text decides.
 */
export function callSiteOf(head: Head | null): string | null {
  if (head === null || head.path === null || head.line === null) return null;
  const { module, isOwn } = placeOf({ path: head.path, function: null });
  return isOwn ? `${module}:${head.line}` : null;
}

function source(head: Head | null): readonly string[] {
  return head?.logger == null ? [] : [head.logger];
}
