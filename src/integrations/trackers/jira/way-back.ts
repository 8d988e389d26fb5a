import * as z from 'zod/mini';

const Transitions = z.array(
  z.object({ id: z.string(), to: z.object({ statusCategory: z.object({ key: z.string() }) }) }),
);

/**
 * Id of the transition that makes an issue open again; null: its workflow has none. By the kind of the status that it
 * leads to: names are in any language.
 */
export function wayBack(transitions: unknown): string | null {
  const all = z.safeParse(Transitions, transitions).data ?? [];
  const leadingTo = (kind: string): string | undefined => all.find(({ to }) => to.statusCategory.key === kind)?.id;
  return leadingTo('new') ?? leadingTo('indeterminate') ?? null;
}
