import { HOUR_MS } from '../../../../core/model/window.ts';
import * as z from 'zod/mini';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Details } from '../../../../core/model/reading.ts';
import { cutText, MAX_TEXT_CHARS } from '../../../../platform/cut-text.ts';
import { instantOf } from '../api/instant.ts';
import type { PublicAddress } from '../api/links.ts';

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

/** NOTE: a field of another kind is none, but it does not make the issue one that Sentry does not show. */
const text = z.catch(z.nullish(z.string()), null);
const Person = z.object({ name: text, email: text });
const Issue = z.object({
  id: z.pipe(z.union([z.string(), z.number()]), z.transform(String)),
  shortId: text,
  title: z.optional(z.unknown()),
  culprit: text,
  level: text,
  permalink: text,
  status: text,
  substatus: text,
  firstSeen: text,
  lifetime: z.catch(z.nullish(z.object({ firstSeen: text })), null),
  assignedTo: z.catch(z.nullish(Person), null),
});

/** `takes`: whether a link of Sentry's own leads people anywhere. */
export function createDetailsStore(now: () => number, takes: PublicAddress['takes']): DetailsStore {
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
          const details = detailsOf(data, takes);
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

function detailsOf(issue: z.infer<typeof Issue>, takes: PublicAddress['takes']): Details {
  const { permalink, assignedTo } = issue;
  return {
    issueId: issue.id,
    shortId: cut(issue.shortId),
    title: cutText(titleIn(issue.title)),
    culprit: cut(issue.culprit),
    level: cut(issue.level),
    url: permalink != null && isLink(permalink) && takes(permalink) ? permalink : null,
    status: cut(issue.status),
    substatus: cut(issue.substatus),
    firstSeen: instantOf(issue.lifetime?.firstSeen ?? issue.firstSeen),
    assignee: cut(assignedTo?.name || assignedTo?.email),
  };
}

/** A title is a text; what is none is shown as it came. */
export function titleIn(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cut(value: string | null | undefined): string | null {
  return value ? cutText(value) : null;
}

/** Half a link leads nowhere: a longer one is none. */
function isLink(text: string): boolean {
  return text.length <= MAX_TEXT_CHARS && /^https?:\/\//.test(text);
}

/** Entries of a list of issues without an id that can be read: nobody knows which issues they stand for. */
export function noIssues(entries: number, project?: { readonly slug: string }): readonly Gap[] {
  if (entries === 0) return [];
  const detail = `${entries} entries in the list of issues are no issues`;
  return [
    { part: 'details', reason: 'not_known', detail, ...(project === undefined ? {} : { project: project.slug }) },
  ];
}
