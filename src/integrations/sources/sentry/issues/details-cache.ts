import { HOUR_MS } from '../../../../core/model/window.ts';
import * as z from 'zod';
import type { Details } from '../../../../core/model/reading.ts';
import { instantOf } from '../api/instant.ts';

/** What Sentry said of issues, kept from read to read: when one was first seen depends on the environments. */
export interface DetailsStore {
  in(environments: readonly string[]): DetailsCache;
  /** Forgets issues that were not seen for long. */
  prune(): void;
}

export interface DetailsCache {
  get(id: string): Details | undefined;
  /** Young enough to be used without asking again; `since`: and not older than this, epoch ms. */
  isFresh(id: string, since?: number): boolean;
  /** Takes in an entry of an issue list. Null: it has an unknown shape and is left out. */
  keep(entry: unknown): Details | null;
}

/** Title, state and assignee may be this old, ms. */
const KEEP_MS = 600_000;
/** What could not be asked anew may serve for so long; an issue that was not seen meanwhile is forgotten, ms. */
const FORGET_MS = HOUR_MS;
const MAX_KEPT = 20_000;

const Person = z.object({ name: z.string().nullish(), email: z.string().nullish() });
const Issue = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  shortId: z.string().nullish(),
  title: z.string().nullish(),
  culprit: z.string().nullish(),
  level: z.string().nullish(),
  permalink: z.string().nullish(),
  status: z.string().nullish(),
  substatus: z.string().nullish(),
  firstSeen: z.string().nullish(),
  lifetime: z.object({ firstSeen: z.string().nullish() }).nullish(),
  assignedTo: Person.nullish().catch(null),
});

export function createDetailsStore(now: () => number): DetailsStore {
  /** In the order in which they came. */
  const kept = new Map<string, { readonly at: number; readonly details: Details }>();
  const put = (key: string, details: Details): void => {
    kept.delete(key);
    kept.set(key, { at: now(), details });
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
  };
  return {
    in: (environments) => {
      const place = JSON.stringify(environments.toSorted());
      const keyOf = (id: string): string => `${id} ${place}`;
      return {
        get: (id) => kept.get(keyOf(id))?.details,
        isFresh: (id, since = -Infinity) => {
          const { at = -Infinity } = kept.get(keyOf(id)) ?? {};
          return at > now() - KEEP_MS && at >= since;
        },
        keep: (entry) => {
          const { success, data } = Issue.safeParse(entry);
          if (!success) return null;
          const details = detailsOf(data);
          put(keyOf(details.issueId), details);
          return details;
        },
      };
    },
    prune: () => {
      for (const [key, { at }] of kept) {
        if (at > now() - FORGET_MS) return;
        kept.delete(key);
      }
    },
  };
}

function detailsOf(issue: z.infer<typeof Issue>): Details {
  const { permalink, assignedTo } = issue;
  return {
    issueId: issue.id,
    shortId: issue.shortId || null,
    title: issue.title ?? '',
    culprit: issue.culprit || null,
    level: issue.level ?? null,
    url: permalink != null && /^https?:\/\//.test(permalink) ? permalink : null,
    status: issue.status ?? null,
    substatus: issue.substatus ?? null,
    firstSeen: instantOf(issue.lifetime?.firstSeen ?? issue.firstSeen),
    assignee: assignedTo?.name || assignedTo?.email || null,
  };
}
