import { minuteText } from '../../alerts/words/times.ts';
import type { Message } from '../../model/alerting/message.ts';
import type { Filter } from '../../model/filter.ts';
import { DAY_MS, HOUR_MS, isoOf, PERIOD_MS } from '../../model/window.ts';
import type { FilterSpan, KeptTotal, WindowTotal } from '../../ports/alerting/alert-store.ts';
import { hasRules } from '../../ports/alerting/decider.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import { ownMessage, ownPrefix } from '../own/own-message.ts';
import type { Chore } from './chore.ts';

export interface SourceWatchDeps {
  inForce(): { readonly filters: readonly Filter[] };
  /** Name of the source that reads a filter. */
  sourceOf(filter: Filter): string;
  /** As `AlertTransaction` has it. */
  totals(asks: readonly FilterSpan[]): Promise<ReadonlyMap<string, readonly KeptTotal[]>>;
  readonly outbox: Pick<Outbox, 'now' | 'post' | 'messages'>;
  readonly server: string;
}

/** So long no window of a source may be counted, ms. */
const LIMIT_MS = HOUR_MS / 2;
/** So far back it is looked for the last window that was, ms; the first one is enough unless it is away. */
const REACHES_MS = [LIMIT_MS + 2 * PERIOD_MS, 2 * HOUR_MS, 12 * HOUR_MS, 2 * DAY_MS];

/** What this process knows of a source, epoch ms. */
interface Sight {
  /** End of the last window that was counted; null: none is known. */
  seenTo: number | null;
  /** Since when people know that nobody watches; null: they do not, because somebody does. */
  blindSince: number | null;
}

/**
 * Tells the channels of rules that their source has been away for half an hour, once, and that it is watched again. It
 * goes by what is kept: so all servers say the same, and again it changes nothing.
 */
export function watchSources(deps: SourceWatchDeps): Chore {
  const sights = new Map<string, Sight>();
  return {
    name: 'sources that are away',
    async work() {
      const ruled = deps.inForce().filters.filter(hasRules);
      for (const [source, filters] of Map.groupBy(ruled, (filter) => deps.sourceOf(filter))) {
        const now = await deps.outbox.now();
        const sight = sights.get(source) ?? { seenTo: null, blindSince: await toldSince(source, now, deps) };
        sights.set(source, sight);
        await look(source, filters, sight, { ...deps, at: now });
      }
    },
  };
}

type Looking = SourceWatchDeps & { readonly at: number };

async function look(source: string, filters: readonly Filter[], sight: Sight, deps: Looking): Promise<void> {
  const { at } = deps;
  const isSeen = (): boolean => sight.seenTo !== null && at - sight.seenTo < LIMIT_MS;
  if (isSeen() && sight.blindSince === null) return;
  sight.seenTo = (await lastSeen(filters, deps)) ?? sight.seenTo;
  const { seenTo, blindSince } = sight;
  if (seenTo === null) return;
  if (isSeen() && blindSince !== null) {
    await tellAgain(source, filters, { since: blindSince, seenTo }, deps);
    sight.blindSince = null;
  } else if (!isSeen() && blindSince === null) {
    await tellBlind(source, filters, seenTo, deps);
    sight.blindSince = seenTo;
  }
}

/** End of the newest window in which the source was watched, epoch ms; null: there is none. */
async function lastSeen(filters: readonly Filter[], { totals, at }: Looking): Promise<number | null> {
  for (const reach of REACHES_MS) {
    const found = await totals(filters.map(({ name }) => ({ filter: name, from: at - reach, to: at })));
    const ends = [...found.values()].flat().filter(isSight);
    if (ends.length > 0) return ends.reduce((last, { start }) => Math.max(last, start + PERIOD_MS), 0);
  }
  return null;
}

/** NOTE: what is read long after its window (a post with an old `?at=`) is the past, and watches nothing. */
function isSight(total: KeptTotal): boolean {
  return saysSomething(total) && total.recordedAt - total.start - PERIOD_MS < LIMIT_MS;
}

/** NOTE: of a silent source the zeros are no all-clear: it is as good as away. */
function saysSomething({ silent, lacks }: WindowTotal): boolean {
  return !silent && !(lacks.includes('totals') && lacks.includes('issues'));
}

async function tellBlind(source: string, filters: readonly Filter[], since: number, deps: Looking): Promise<void> {
  for (const [channel, names] of toldOf(filters)) {
    const line =
      `Not watching since ${minuteText(since)}: nothing of ${source} can be counted for ${textOf(names)}. ` +
      'No alert begins or ends until it is back.';
    await post(channel, line, { source, since, isOver: false }, deps);
  }
}

async function tellAgain(
  source: string,
  filters: readonly Filter[],
  { since, seenTo }: { readonly since: number; readonly seenTo: number },
  deps: Looking,
): Promise<void> {
  const found = await deps.totals(filters.map(({ name }) => ({ filter: name, from: since, to: seenTo - PERIOD_MS })));
  const missed = (seenTo - PERIOD_MS - since) / PERIOD_MS;
  for (const [channel, names] of toldOf(filters)) {
    const own = names.flatMap((name) => found.get(name) ?? []).filter(saysSomething);
    const filled = new Set(own.map(({ start }) => start)).size;
    const line =
      `Watching again, ${filled} of ${missed} windows filled: ${source} had been away since ` +
      `${minuteText(since)} for ${textOf(names)}.`;
    await post(channel, line, { source, since, isOver: true }, deps);
  }
}

/** By channel, the names of filters of which it is told. */
function toldOf(filters: readonly Filter[]): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, string[]>();
  for (const { name, alerts = [] } of filters)
    for (const channel of new Set(alerts.flatMap(({ tell }) => tell)))
      told.set(channel, [...(told.get(channel) ?? []), name]);
  return told;
}

const LISTED = 5;

function textOf(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const AWAY = 'not watching';
const BACK = 'watching again';

/** Of one source. */
interface About {
  readonly source: string;
  readonly since: number;
  readonly isOver: boolean;
}

async function post(
  channel: string,
  line: string,
  { source, since, isOver }: About,
  { outbox, at, server }: Looking,
): Promise<void> {
  const [key, place] = [`${AWAY}/${source}/${channel}`, isoOf(since)];
  const message: Message = {
    ...ownMessage(key, line, { now: at, server }),
    id: `${ownPrefix(isOver ? `${BACK}/${source}/${channel}` : key)}${place}`,
    matter: { key: `${key}@${place}`, isOver },
  };
  await outbox.post(channel, message, at);
}

/** Since when people know, by what was told before this process began; null: they were told of its end, or nothing. */
async function toldSince(source: string, now: number, { outbox }: SourceWatchDeps): Promise<number | null> {
  const all = await outbox.messages({ from: now - REACHES_MS.at(-1)!, to: now + 1 });
  const ids = all.map(({ message }) => message.id);
  const sinceIn = (what: string): readonly string[] =>
    ids.filter((id) => id.startsWith(`own/${what}/${source}/`)).map((id) => id.slice(id.lastIndexOf('@') + 1));
  const over = new Set(sinceIn(BACK));
  const last = sinceIn(AWAY)
    .filter((since) => !over.has(since))
    .toSorted()
    .at(-1);
  return last === undefined ? null : Date.parse(last);
}
