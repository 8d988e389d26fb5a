import type { Frame } from '../../model/events/event.ts';
import { cleanText, shortText } from './clean-text.ts';

/** People read so many. */
const LISTED = 15;
/** Code points of what others wrote. */
const NAME = 120;

/**
 * The calls that led to an event, the newest first, a line each: `at total(resource://app/cart.jsm:17:56)`. What is
 * not known of a call is left out.
 */
export function callsOf(frames: readonly Frame[]): readonly string[] {
  const newest = frames.toReversed();
  const more = newest.length - LISTED;
  return [...newest.slice(0, LISTED).map(callText), ...(more > 0 ? [`and ${more} more`] : [])];
}

function callText({ module, function: name, line, column }: Frame): string {
  const numbers = line === null ? [] : [line, ...(column === null ? [] : [column])];
  const place = module === null ? '' : `(${[named(module), ...numbers].join(':')})`;
  return `at ${name === null ? '<anonymous>' : named(name)}${place}`;
}

function named(text: string): string {
  return shortText(cleanText(text), NAME);
}
