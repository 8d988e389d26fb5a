import { once } from '../../platform/late.ts';
import type { Redact } from '../../platform/redact.ts';
import type { ActOptions } from './act/index.ts';
import type { PageAnswer } from './answer.ts';
import { type CollectOptions, createCollect } from './data/collect.ts';
import type { GuardOptions } from './guard.ts';
import type { PageEvents } from './issues/read.ts';
import { keepPages } from './kept-pages.ts';
import { MESSAGES } from './messages/view.ts';
import { oneFilter } from './one-filter.ts';
import { type Asked, createOverviews, type OverviewOptions } from './overviews.ts';
import { addressOf, EVENTS, ISSUES } from './view/address.ts';
import { readView } from './view/read-view.ts';
import type { PageTickets } from './tickets/choose.ts';
import type { StatusSources } from './status/sources.ts';
import type { View } from './view/view.ts';

export interface PageOptions extends CollectOptions, GuardOptions {
  readonly redact: Redact;
  /** Where people reach this service. */
  readonly publicUrl: string | undefined;
  readonly log: ActOptions['log'];
  /** Absent: no intake is set up. */
  readonly events?: PageEvents | undefined;
  /** Absent: there are none. */
  readonly tickets?: PageTickets | undefined;
  /** Absent: nothing beside what all pages know. */
  readonly status?: Pick<StatusSources, 'watches' | 'schedules' | 'jobs' | 'backup'> | undefined;
}

/** Makes pages by what is asked for. */
export interface Pages {
  /** What was made before is made anew. */
  changed(): void;
  overview(path: string, params: URLSearchParams): Promise<PageAnswer>;
  messages(params: URLSearchParams): Promise<PageAnswer>;
  issues(params: URLSearchParams): Promise<PageAnswer>;
  events(params: URLSearchParams): Promise<PageAnswer>;
  eventsCsv(params: URLSearchParams): AsyncIterable<string>;
  /** Null: no such issue. `name`: as the address has it. */
  issue(name: string, params: URLSearchParams): Promise<PageAnswer | null>;
  /** Null: no such filter. */
  filter(name: string, params: URLSearchParams): Promise<PageAnswer | null>;
}

export function createPages(options: PageOptions): Pages {
  const { memory, now, events } = options;
  const collect = createCollect(options);
  let changes = 0;
  const kept = keepPages({ now, version: () => memory.version() + changes });
  const messages = once(async () => (await import('./messages/index.ts')).createMessages(options));
  const issues = once(async () => (await import('./issues/index.ts')).createIssues(options, collect));
  const readOf = (path: string, params: URLSearchParams): Asked => {
    const asked = readView(params, now());
    return { ...asked, key: [keyOf(path, asked.view), ...asked.faults].join(' ') };
  };
  const overview = createOverviews({ ...options, blocks: blocksOf(options) }, collect, kept);
  return {
    changed: () => void changes++,
    overview: async (path, params) => overview(path, readOf(path, params)),
    messages: async (params) =>
      (await kept(`${MESSAGES}?${params.toString()}`, async () => (await messages())(params)))!,
    issues: async (params) => {
      const asked = readOf(ISSUES, params);
      const { of, ...view } = asked.view;
      if (events === undefined) return overview(ISSUES, { ...asked, view });
      if (of === 'window') return overview(ISSUES, asked);
      return (await kept(asked.key, async () => (await issues()).list(asked, events)))!;
    },
    ...eventPages(options, kept, readOf),
    issue: async (name, params) => {
      const issueId = decoded(name);
      const asked = readOf(`${ISSUES}/${name}`, params);
      return issueId === null ? null : kept(asked.key, async () => (await issues()).one(issueId, asked));
    },
    filter: (name, params) => {
      const asked = readOf(`/filters/${name}`, params);
      return kept(asked.key, () => oneFilter(name, asked, collect, options));
    },
  };
}

/** Where there are intakes. */
function eventPages(
  options: PageOptions,
  kept: ReturnType<typeof keepPages>,
  readOf: (path: string, params: URLSearchParams) => Asked,
): Pick<Pages, 'events' | 'eventsCsv'> {
  const { events } = options;
  const single = once(async () => (await import('./events/index.ts')).createEvents(options));
  return {
    events: async (params) => {
      const asked = readOf(EVENTS, params);
      return (await kept(asked.key, async () => (await single()).list(asked, events!)))!;
    },
    eventsCsv: async function* (params) {
      yield* (await single()).csv(readOf(EVENTS, params).view, events!);
    },
  };
}

/** Of the page of the status; loaded when somebody looks at it. */
function blocksOf({ status, ...options }: PageOptions): OverviewOptions['blocks'] {
  if (status === undefined) return undefined;
  return async ({ now: at, hasActions }) => {
    const { statusBlocks } = await import('./status/blocks.ts');
    return statusBlocks({ ...options, ...status }, { now: at, hasActions }, options);
  };
}

/** The same for views that show the same. */
function keyOf(path: string, view: View): string {
  const { open, shut, page } = view;
  return addressOf(path, view, { open: open?.toSorted(), shut: shut?.toSorted(), page });
}

/** Null: it is no text, or longer than any id. */
function decoded(name: string): string | null {
  try {
    const text = decodeURIComponent(name);
    return text === '' || text.length > 1_000 ? null : text;
  } catch {
    return null;
  }
}
