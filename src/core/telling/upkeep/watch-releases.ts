import type { Mute, MuteScope } from '../../model/alerting/rule.ts';
import type { Filter } from '../../model/filter.ts';
import type { Ask } from '../../model/reading.ts';
import { HOUR_MS, windowAt } from '../../model/window.ts';
import type { Scope } from '../../ports/scope.ts';
import type { Source } from '../../ports/source.ts';
import type { Chore } from './chore.ts';

export interface ReleasesDeps {
  /** Of files and of people, whether they have ended or not. */
  mutes(): Promise<readonly Mute[]>;
  /** Filters in whose events the release is looked for. */
  filtersOf(what: MuteScope): Promise<readonly Filter[]>;
  /** Takes away a mute of people; one of a file stays there. */
  unmute(id: string): Promise<void>;
  readonly source: Pick<Source, 'read' | 'queryOf'>;
  readonly settleMs: number;
  now(): number;
}

/** Finds out which mutes a release has ended. */
export interface Releases {
  readonly chore: Chore;
  isOver(mute: Pick<Mute, 'id' | 'until'>): boolean;
}

/** So far back is looked at first, ms: after a restart nobody knows what was seen before. */
const FIRST_MS = HOUR_MS;

/** Asks the source for events of the release in what is muted: one count a mute and window, none without such mutes. */
export function watchReleases(deps: ReleasesDeps): Releases {
  const over = new Set<string>();
  /** Up to where there was no event, epoch ms. */
  const asked = new Map<string, number>();
  const untold = new Set<string>();
  const look = async (mute: ReleaseMute, scope: Scope): Promise<void> => {
    const key = keyOf(mute);
    const { end } = windowAt(deps.now(), deps.settleMs);
    const start = asked.get(key) ?? end - FIRST_MS;
    if (start >= end) return;
    const filters = (await deps.filtersOf(mute.what)).map((filter) => ofRelease(filter, mute));
    const told = filters.filter((filter) => deps.source.queryOf?.(filter) != null);
    if (told.length < filters.length && !untold.has(key)) {
      untold.add(key);
      scope.log.warn({ mute: mute.id, release: mute.until.name }, 'this source cannot be asked for a release');
    }
    const found = await eventsOf(
      told.map((filter): Ask => ({ filter, window: { start, end }, want: 'totals' })),
      deps.source,
      scope,
    );
    if (found === 0) asked.set(key, end);
    if (found === 0 || found === null) return;
    over.add(key);
    scope.log.info({ mute: mute.id, release: mute.until.name, events: found }, 'a release ends a mute');
    await deps.unmute(mute.id);
  };
  return {
    isOver: (mute) => isForRelease(mute) && over.has(keyOf(mute)),
    chore: {
      name: 'releases that end mutes',
      async work(scope) {
        const open = (await deps.mutes()).filter(isForRelease).filter((mute) => !over.has(keyOf(mute)));
        for (const mute of open) await look(mute, scope);
      },
    },
  };
}

type ReleaseEnd = Extract<Mute['until'], { kind: 'release' }>;
type ReleaseMute = Mute & { readonly until: ReleaseEnd };

function isForRelease<T extends Pick<Mute, 'until'>>(mute: T): mute is T & { readonly until: ReleaseEnd } {
  return mute.until.kind === 'release';
}

/** NOTE: the id of a file's mute is a line, in which another one may stand later. */
function keyOf({ id, until }: { readonly id: string; readonly until: ReleaseEnd }): string {
  return JSON.stringify([id, until.name]);
}

function ofRelease(filter: Filter, { what, until }: ReleaseMute): Filter {
  const { name, query } = filter;
  const issue = what.kind === 'issue' ? [`issue.id:${what.name}`] : [];
  const conditions = [...(query === undefined ? [] : [`(${query})`]), `release:"${until.name}"`, ...issue];
  return { ...filter, name: `${name} (release)`, query: conditions.join(' '), tags: [], alerts: undefined };
}

/** Null: some of it could not be counted. */
async function eventsOf(asks: readonly Ask[], source: ReleasesDeps['source'], scope: Scope): Promise<number | null> {
  if (asks.length === 0) return 0;
  let [events, isWhole] = [0, true];
  for await (const answer of source.read(asks, scope)) {
    if ('fault' in answer) isWhole = false;
    else {
      events += answer.reading.totals.reduce((sum, total) => sum + total.events, 0);
      isWhole &&= !answer.reading.gaps.some(({ part }) => part === 'totals');
    }
  }
  return events > 0 || isWhole ? events : null;
}
