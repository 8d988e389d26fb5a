import type { Scope } from '../../ports/scope.ts';
import { knownOf } from '../matching/known.ts';
import { linkTickets } from '../matching/link.ts';
import type { ReadingDeps } from './read-tickets.ts';

/** Somebody did something to a ticket: it is read anew. Rejects when it cannot be read: the next pass finds it. */
export async function hearTicket(
  { id, isGone }: { readonly id: string; readonly isGone: boolean },
  { store, tracker, projects, hash }: ReadingDeps,
  scope: Scope,
): Promise<void> {
  if (isGone) return store.forget(id);
  const read = await tracker.read(id, scope);
  if (read.status !== 'done') throw new Error(read.why);
  if (read.value === null) return;
  const project = projects().find((it) => read.value!.key.startsWith(`${it}-`));
  // One of another project, or one that was moved there: who has it for an issue follows it.
  if (project === undefined) return;
  const known = knownOf(read.value, project, hash);
  if (known.openings.length === 0) return;
  await store.keepKnown({ project, tickets: [known], until: null });
  await linkTickets(store, [known]);
}
