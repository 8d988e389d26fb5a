import type { IssueFacts, WindowFacts } from '../model/alerting/facts.ts';
import type { Item, JsonObject } from '../model/item.ts';

/** The form in which facts are kept. What another version kept is not read. */
const HEAD = 'facts:1';

/** Facts as they wait under a claim: all but the issues first, then an item for each of them. */
export function factItems({ issues, ...head }: WindowFacts): readonly Item[] {
  return [
    { key: HEAD, body: { ...head } as unknown as JsonObject },
    ...issues.map((issue) => ({ key: issue.id, body: { ...issue } })),
  ];
}

/** Null: another version kept them, or nobody did. */
export function factsIn(items: readonly Item[]): WindowFacts | null {
  const [head, ...issues] = items;
  if (head?.key !== HEAD) return null;
  const facts = head.body as unknown as Omit<WindowFacts, 'issues'>;
  return { ...facts, issues: issues.map(({ body }) => body as unknown as IssueFacts) };
}
