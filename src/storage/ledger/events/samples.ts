import * as z from 'zod/mini';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { KeptSample } from '../../../core/ports/events/event-store.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';

/** An event in full, as a row keeps it. */
export function sampleOf({ id, release, environment, user, tags, sample }: ErrorEvent): string {
  return JSON.stringify({ eventId: id, release, environment, user, tags, sample });
}

const text = z.nullable(z.string());
const number = z.nullable(z.number());
const Kept = z.object({
  eventId: z.string(),
  release: text,
  environment: text,
  user: text,
  tags: z.record(z.string(), z.string()),
  sample: z.nullable(
    z.object({
      text,
      frames: z.array(z.object({ module: text, function: text, line: number, column: number })),
      context: z.array(z.string()),
      link: z.exactOptional(z.string()),
    }),
  ),
});

/** The first comes first; of an issue with one event both are that. */
export async function samplesOf({ db }: Engine, project: string, issueId: string): Promise<readonly KeptSample[]> {
  const issue = safeText(issueId);
  const first = await db
    .selectFrom('sentry_monitor_event_firsts')
    .select(['first_at as at', 'sample as content'])
    .where('project', '=', project)
    .where('issue', '=', issue)
    .where('sample', '!=', '')
    .orderBy('first_at')
    .limit(1)
    .executeTakeFirst();
  const newest = await db
    .selectFrom('sentry_monitor_event_issues')
    .select(['last_at as at', 'newest as content'])
    .where('project', '=', project)
    .where('issue', '=', issue)
    .executeTakeFirst();
  return [...(first === undefined ? [] : [keptIn('first', first)]), ...(newest ? [keptIn('newest', newest)] : [])];
}

export function keptIn(
  which: KeptSample['which'],
  { at, content }: { readonly at: number; readonly content: string },
): KeptSample {
  return { which, at, ...parse(Kept, content, 'an event') };
}
