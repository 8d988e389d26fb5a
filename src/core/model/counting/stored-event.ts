import type { ErrorEvent } from '../events/event.ts';
import type { CountedEvent } from './counted-event.ts';
import { foldAscii } from './terms.ts';

/** What filters may count by besides tags. */
const FIELDS = ['level', 'environment', 'release', 'user', 'title', 'culprit'] as const;

/** A stored event as it is counted. */
export function countedEvent(event: Omit<ErrorEvent, 'url' | 'sample'>): CountedEvent {
  const { at, issueId, title, culprit, user, tags } = event;
  return {
    at,
    issueId,
    title,
    culprit,
    user,
    // Most filters look for no terms: then nobody asks for it.
    get text() {
      return foldAscii([event.text, title, culprit].filter((part) => part).join(' '));
    },
    tag: (name) => {
      const field = FIELDS.find((it) => it === name);
      if (field !== undefined) return event[field] ?? '';
      return Object.hasOwn(tags, name) ? tags[name]! : '';
    },
  };
}
