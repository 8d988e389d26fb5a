import type { StoredEvent } from '../../../core/ports/events/event-store.ts';
import type { View } from '../view/view.ts';

/** Which events a person wants to see, of those that a project has in a span. */
export interface Wish {
  /** Each is in its title, culprit or text, or is the id of its issue; in small letters. */
  readonly words: readonly string[];
  readonly level: string | undefined;
  /** Not those of these issues. */
  readonly without: ReadonlySet<string>;
}

/** `hidden`: ids of issues that somebody hid. */
export function wishOf({ q = '', level, hidden: shown }: View, hidden: Iterable<string>): Wish {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return { words, level, without: new Set(shown === undefined ? hidden : []) };
}

export function isChosen(event: StoredEvent, { words, level, without }: Wish): boolean {
  if (level !== undefined && event.level !== level) return false;
  if (without.has(event.issueId)) return false;
  if (words.length === 0) return true;
  const said = [event.title, event.culprit, event.text].map((it) => it?.toLowerCase() ?? '');
  return words.every((word) => event.issueId.toLowerCase() === word || said.some((text) => text.includes(word)));
}
