import type { Head } from '../record.ts';
import type { Chain, Raised } from '../tracebacks/traceback.ts';
import { callSiteOf, inWords } from './grouping.ts';
import { placeOf } from './frame-place.ts';

/** Exceptions of a chain that a title names. */
const MOST_NAMED = 3;

/** What people read of an issue: the exception that was raised last, and what it came of; else what was said. */
export function titleOf(chains: readonly Chain[], message: string): string {
  const chain = (chains[0] ?? []).filter(({ type }) => type !== '');
  const last = chain.at(-1);
  if (last === undefined) {
    const [first = ''] = message.split('\n').filter((line) => line.trim() !== '');
    if (first !== '') return first.trim();
    return chains.length > 0 ? 'a traceback without its end' : '(no message)';
  }
  const [said = ''] = last.message.split('\n');
  const causes = chain
    .slice(0, -1)
    .toReversed()
    .slice(0, MOST_NAMED - 1);
  return [said === '' ? last.type : `${last.type}: ${said}`, ...causes.map(({ type }) => `caused by ${type}`)].join(
    ', ',
  );
}

/** Where the last exception comes from: the newest call of one's own code. */
export function culpritOf(chains: readonly Chain[], head: Head | null): string | null {
  const last = chains[0]?.at(-1);
  const frames = last === undefined ? [] : framesOf(last);
  const places = frames.map(placeOf);
  const place = places.findLast(({ isOwn }) => isOwn) ?? places.at(-1);
  if (place !== undefined) return inWords(place);
  if (head === null) return null;
  const site = callSiteOf(head);
  if (site !== null) return site;
  if (head.logger === null) return null;
  return head.function === null ? head.logger : `${head.logger} in ${head.function}`;
}

function framesOf(raised: Raised): Raised['frames'] {
  if (raised.frames.length > 0) return raised.frames;
  return raised.members[0]?.at(-1)?.frames ?? [];
}
