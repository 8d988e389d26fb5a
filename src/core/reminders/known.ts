import type { ReminderPlan } from '../model/reminders/reminder-plan.ts';
import type { KnownReminder, ReminderStore } from '../ports/reminders/reminder-store.ts';

/** What files say of reminders at present. */
export interface Planned {
  readonly reminders: readonly ReminderPlan[];
  /** Of every file some text is in force: nothing is missing because of a fault. */
  readonly isWhole: boolean;
}

/** Clocks are compared by this at most, ms: the same reading of files is not noted again. */
const NOTED_MS = 60_000;

/**
 * What is known of reminders, brought up to what files say. One that is new begins now: what was before it was known is
 * not told. What no file has any more is forgotten, but not by a server with older files.
 */
export async function syncKnown(
  store: Pick<ReminderStore, 'all' | 'put' | 'forget'>,
  { reminders, isWhole }: Planned,
  { now, loadedAt }: { readonly now: number; readonly loadedAt: number },
): Promise<ReadonlyMap<string, KnownReminder>> {
  const known = byName(await store.all());
  const names = new Set(reminders.map(({ name }) => name));
  const fresh = [...names].filter((name) => (known.get(name)?.loadedAt ?? -Infinity) < loadedAt - NOTED_MS);
  const gone = [...known.values()].filter((it) => isWhole && !names.has(it.name) && it.loadedAt < loadedAt);
  if (fresh.length + gone.length === 0) return known;
  await store.put(fresh.map((name) => ({ name, loadedAt, toldTo: now })));
  await store.forget(gone.map(({ name }) => name));
  return byName(await store.all());
}

function byName(all: readonly KnownReminder[]): ReadonlyMap<string, KnownReminder> {
  return new Map(all.map((it) => [it.name, it]));
}
