import * as z from 'zod/mini';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { StoredEvent } from '../../../core/ports/events/event-store.ts';
import type { EventRow } from '../../database/event-tables.ts';
import { textIn, textOrNull } from '../alerts/safe-text.ts';
import { compiled, parse } from '../codec.ts';

const Content = z.object({
  title: z.string(),
  culprit: z.optional(z.string()),
  text: z.optional(z.string()),
  release: z.optional(z.string()),
  tags: z.optional(z.custom<Readonly<Record<string, string>>>(areTexts)),
});
const Contents = z.array(compiled(Content));
type Content = z.infer<typeof Content>;

/** NOTE: a record's own check takes as long as all the rest of reading an event. */
function areTexts(tags: unknown): boolean {
  if (typeof tags !== 'object' || tags === null) return false;
  for (const name in tags) if (typeof (tags as Record<string, unknown>)[name] !== 'string') return false;
  return true;
}

/** What of an event no statement looks at; what it lacks is left out. */
export function contentOf({ title, culprit, text, release, tags }: ErrorEvent): string {
  const content: Content = {
    title,
    ...(culprit === null ? {} : { culprit }),
    ...(text === null ? {} : { text }),
    ...(release === null ? {} : { release }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
  return JSON.stringify(content);
}

/** Rows as events. Their texts are read together, which takes less time than each for itself. */
export function eventsIn(rows: readonly Omit<EventRow, 'stored_at'>[]): readonly StoredEvent[] {
  const contents = parse(Contents, `[${rows.map(({ content }) => content).join(',')}]`, 'an event');
  return rows.map((row, index) => eventOf(row, contents[index]!));
}

function eventOf(row: Omit<EventRow, 'stored_at'>, content: Content): StoredEvent {
  const { title, culprit = null, text = null, release = null, tags = {} } = content;
  return {
    project: row.project,
    id: textIn(row.event),
    issueId: textIn(row.issue),
    at: row.at,
    environment: textOrNull(row.environment || null),
    level: textIn(row.level),
    user: textOrNull(row.person),
    title,
    culprit,
    text,
    release,
    tags,
  };
}
