import { faultOf, UpstreamError } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Answer, Ask } from '../../../core/model/reading.ts';
import { isoOf, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import { failed, type Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Source } from '../../../core/ports/source.ts';
import { isByCounts, type EventsOptions, wishOf } from './options.ts';
import { readFilter } from './read-filter.ts';
import { type ReadProject, readProject } from './shared.ts';

/** Reads the event store: every event of a window passes by once for all filters, and is counted here. */
export function createSource(options: EventsOptions): Source {
  const { name, store } = options;
  return {
    name,
    prepare: (filters) => prepare(filters, options),
    read: (asks, scope) => read(asks, options, scope),
    sharesReading: async () => true,
    async locate(eventId) {
      const found = await store.locate(options.names, eventId);
      return found && { issue: found.issueId, project: found.project };
    },
    projects: async () => options.names.map((slug) => ({ slug, teams: [] })),
    async series(filter, span, _scope, stepMs = PERIOD_MS) {
      const counts = await store.series(wishOf(filter), span, stepMs);
      // Terms choose among them: what is counted is more than the filter's.
      return isByCounts(filter) ? counts.map((count) => ({ ...count, complete: true })) : [];
    },
  };
}

/** Intakes that were never read to their end. */
async function prepare(filters: readonly Filter[], { name, names, store }: EventsOptions): Promise<readonly Finding[]> {
  const wanted = names.filter((slug) => filters.some(({ projects }) => projects.includes(slug)));
  try {
    const cursors = await store.cursors(wanted);
    const isRead = (slug: string): boolean =>
      cursors.some(({ project, watermark }) => project === slug && watermark !== null);
    const room = await store.room();
    const full: Finding[] = room?.full == null ? [] : [{ check: name, status: 'failed', say: room.full }];
    const reads = wanted.map((slug): Finding => {
      const check = `${name} ${slug}`;
      const missing = cursors.filter(({ project }) => project === slug).flatMap((it) => it.missing);
      if (missing.length > 0) return { check, status: 'warning', say: missed(slug, missing) };
      if (isRead(slug)) return { check, status: 'ok', say: `the intake ${slug} was read to its end` };
      return { check, status: 'warning', say: notRead(slug) };
    });
    return [...full, ...reads];
  } catch (error) {
    return [failed(name, 'store', 'LEDGER_URL', error)];
  }
}

/** What stands in its way is known to who reads it. */
function notRead(slug: string): string {
  const asked = `sentry-monitor intake ${slug} --once says why`;
  return `the intake ${slug} was not read to its end yet; if runs do not change that, ${asked}`;
}

function missed(slug: string, missing: readonly Window[]): string {
  const { start, end } = missing.at(-1)!;
  const others = missing.length === 1 ? '' : `, and ${missing.length - 1} stretches before`;
  const day = isoOf(start).slice(0, 10);
  return (
    `the intake ${slug} did not get what was from ${isoOf(start)} to ${isoOf(end)}${others}; ` +
    `have it brought by sentry-monitor intake ${slug} --once --date ${day}`
  );
}

async function* read(asks: readonly Ask[], options: EventsOptions, scope: Scope): AsyncGenerator<Answer> {
  const names = new Set(options.names);
  const wanted = [...new Set(asks.flatMap(({ filter }) => filter.projects))].filter((slug) => names.has(slug));
  const over = overAt(options.name, scope.signal);
  if (asks.length > 0 && !scope.signal.aborted) await Promise.race([options.taken(wanted, scope), over.catch(() => 0)]);
  for (const group of Map.groupBy(asks, ({ window }) => window.start).values()) {
    const work = scope.signal.aborted ? over : readWindow(group, wanted, options, scope);
    work.catch(() => undefined);
    yield* await Promise.race([work, over]).catch((error: unknown) => {
      const fault = faultOf(error);
      return group.map((ask): Answer => ({ ask, fault }));
    });
  }
}

/** Rejects when the run is over: what the store is at goes on without it. */
function overAt(service: string, signal: AbortSignal): Promise<never> {
  const over = new Promise<never>((_, reject) => {
    const end = (): void => reject(new UpstreamError(`${service}: the run is over`, { service, retryable: true }));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  over.catch(() => undefined);
  return over;
}

/** `asks`: of one window. */
async function readWindow(
  asks: readonly Ask[],
  wanted: readonly string[],
  options: EventsOptions,
  scope: Scope,
): Promise<readonly Answer[]> {
  const { window } = asks[0]!;
  // NOTE: before the events: what a reader is past by now is in the store.
  const cursors = await options.store.cursors(wanted);
  const isPaused = ((await options.store.room())?.full ?? null) !== null;
  const projects = new Map<string, ReadProject>();
  for (const slug of wanted) {
    const own = asks.filter(({ filter }) => filter.projects.includes(slug));
    if (own.length > 0) projects.set(slug, await readProject(slug, window, own, { ...options, scope }));
  }
  const answers: Answer[] = [];
  for (const ask of asks) {
    const own = ask.filter.projects.flatMap((slug) => projects.get(slug) ?? []);
    const answer = readFilter(ask, own, { cursors, isPaused }, options);
    answers.push(
      await answer.then(
        (reading): Answer => ({ ask, reading }),
        (error: unknown): Answer => ({ ask, fault: faultOf(error) }),
      ),
    );
  }
  return answers;
}
