import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Gap, GapReason } from '../../../../core/model/gap.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client, Page } from '../api/client.ts';
import type { Project } from '../api/projects.ts';
import { type Params, sentryTime } from '../api/query.ts';
import { AHEAD_MS, readEvent, type SeenEvent } from './event.ts';

/** No known server sends shorter pages while there are more (GlitchTip's default). */
const SMALLEST_PAGE = 50;

/** Events of a page: the most that any server gives. */
const PAGE = 100;

/** As many events as 200 pages hold. */
const KEPT_IDS = 20_000;

export interface ProjectOptions {
  readonly client: Client;
  readonly project: Project;
  readonly window: Window;
  /** Pages at most. */
  readonly maxPages: number;
  /** Whose events these are. */
  readonly isGlitchTip: boolean;
  now(): number;
  /** Takes each event of the window once, newest first; false: no more are needed. */
  take(event: SeenEvent): boolean | void;
}

/** How far a project's window was read. */
export interface ProjectEnd {
  readonly pages: number;
  /** Events of the window, whatever a filter makes of them. */
  readonly events: number;
  /** Nothing stood on any page, of whatever time. */
  readonly isBlank: boolean;
  /** What is missing; empty: nothing. */
  readonly gaps: readonly Gap[];
  /** Why not even one page could be had, when it is not that the project is unknown or refused. */
  readonly failure?: Error;
}

/** What the pages so far came to. */
interface Progress {
  /** Of the latest events of the window. */
  readonly ids: Set<string>;
  events: number;
  pages: number;
  entries: number;
  /** Events without a date, and entries that are no events. */
  undated: number;
  odd: number;
  cursor: string | null;
  /** Events asked for at once. */
  limit: number;
}

/** Reads a project's events, newest first, until a whole page is older than the window. What was not read is a gap. */
export async function readProject(options: ProjectOptions, scope: Scope): Promise<ProjectEnd> {
  const progress: Progress = {
    ids: new Set(),
    events: 0,
    pages: 0,
    entries: 0,
    undated: 0,
    odd: 0,
    cursor: null,
    limit: PAGE,
  };
  const {
    client,
    project: { slug },
  } = options;
  const gap = (reason: GapReason, detail: string): Gap => ({ part: 'totals', reason, project: slug, detail });
  const end = (missing: Gap | null, failure?: Error): ProjectEnd => ({
    pages: progress.pages,
    events: progress.events,
    isBlank: progress.pages > 0 && progress.entries === 0,
    ...(failure === undefined ? {} : { failure }),
    gaps: [
      ...(missing === null ? [] : [missing]),
      ...oddities(progress).map(([reason, detail]) => gap(reason, detail)),
    ],
  });
  try {
    const missing = await readPages(options, progress, scope);
    return end(missing === null ? null : gap(...missing));
  } catch (error) {
    if (progress.pages > 0)
      return end(gap('not_answered', `${faultOf(error).message} (pages of events read before: ${progress.pages})`));
    const refused = refusal(error, slug, client.org);
    return refused === null ? end(gap('not_answered', faultOf(error).message), error as Error) : end(gap(...refused));
  }
}

type Missing = readonly [GapReason, string];

/** Null when the window was read to its start. */
async function readPages(options: ProjectOptions, progress: Progress, scope: Scope): Promise<Missing | null> {
  const { client, project, window, maxPages } = options;
  const url = client.projectUrl(project.slug, 'events');
  for (;;) {
    if (progress.pages >= maxPages) return ['page_limit', `more than ${maxPages} pages of events (MAX_PAGES)`];
    if (options.now() >= scope.deadline)
      return [
        'not_answered',
        `the time for reading was over (pages of events read: ${progress.pages}; ` +
          'see SENTRY_PAGES_PER_SECOND and RUN_DEADLINE_SECONDS)',
      ];
    const page = await client.get(url, paramsOf(window, progress), scope).catch((error: unknown) => {
      if (!halve(progress, error)) throw error;
    });
    if (page === undefined) continue;
    const entries = entriesOf(page, client);
    progress.pages++;
    progress.entries += entries.length;
    const isPast = takeIn(entries, options, progress);
    if (isPast) return null;
    // A page that a Link promised has one itself.
    const isLast =
      page.next === null &&
      (page.isLinked || (progress.cursor === null && entries.length < Math.min(SMALLEST_PAGE, progress.limit)));
    if (isLast) return null;
    if (page.next === null || page.next === progress.cursor)
      return [
        'pages_broken',
        `${client.name}: no way to the next page of events; check that no proxy removes the Link header`,
      ];
    progress.cursor = page.next;
  }
}

/**
 * An event of GlitchTip may hold 400 kB, so that a hundred of them are more than is read of an answer. A cursor tells a
 * place among the events, whatever the size of the pages. False: that is not what is wrong, or a single one is too
 * large.
 */
function halve(progress: Progress, error: unknown): boolean {
  if (!(error instanceof UpstreamError) || error.facts.answerTooLarge !== true || progress.limit === 1) return false;
  progress.limit = Math.floor(progress.limit / 2);
  return true;
}

/** All are sent, none is relied on: old servers ignore dates and `per_page`, GlitchTip takes `limit`. */
function paramsOf({ start, end }: Window, { cursor, limit }: Progress): Params {
  const params: Params = [
    ['start', sentryTime(start)],
    ['end', sentryTime(end)],
    ['per_page', String(limit)],
    ['limit', String(limit)],
  ];
  return cursor === null ? params : [...params, ['cursor', cursor]];
}

function entriesOf({ body }: Page, { name }: Client): readonly unknown[] {
  if (Array.isArray(body)) return body;
  throw new UpstreamError(`${name}: the events of a project are no list; check SENTRY_URL`, {
    service: name,
    status: 200,
    retryable: false,
  });
}

/** True when the whole page is older than the window, or enough was taken. */
function takeIn(
  entries: readonly unknown[],
  { window, take, isGlitchTip }: ProjectOptions,
  progress: Progress,
): boolean {
  let isPast = entries.length > 0;
  let isEnough = false;
  for (const entry of entries) {
    const event = readEvent(entry, isGlitchTip);
    if (event === null) progress.odd++;
    else if (event.at === null) progress.undated++;
    else if (event.at >= window.start && event.at < window.end && !progress.ids.has(event.id)) {
      remember(event.id, progress);
      if (take(event) === false) isEnough = true;
    }
    // NOTE: one by one: at the edge the order is not strict, and by arrival a late event stands among newer ones.
    if (event === null || !isOlder(event, window.start)) isPast = false;
  }
  return isPast || isEnough;
}

/** NOTE: a page shows again only what newer events pushed onto it since, never what lies so many events back. */
function remember(id: string, progress: Progress): void {
  progress.events++;
  progress.ids.add(id);
  if (progress.ids.size > KEPT_IDS) progress.ids.delete(progress.ids.keys().next().value!);
}

function isOlder({ at, arrivedAt }: SeenEvent, start: number): boolean {
  return arrivedAt === null ? at !== null && at < start : arrivedAt < start - AHEAD_MS;
}

function oddities({ undated, odd }: Progress): readonly Missing[] {
  return [
    ...(undated === 0 ? [] : [['no_date', `${undated} events have no date, so they are in no window`] as const]),
    ...(odd === 0 ? [] : [['not_known', `${odd} entries in the list of events are no events`] as const]),
  ];
}

/** A project that the server does not know, or does not let us see. */
function refusal(error: unknown, slug: string, org: string): Missing | null {
  const status = error instanceof UpstreamError ? error.status : undefined;
  const isMoved = status === 302 && error instanceof UpstreamError && /moved/i.test(error.facts.detail ?? '');
  if (status === 404 || isMoved)
    return [
      'project_not_found',
      `no events of ${slug} in ${org}: the project was renamed or deleted, or the token may not see it`,
    ];
  if (status === 403) return ['project_forbidden', `the token may not read ${slug}; give it access`];
  return null;
}
