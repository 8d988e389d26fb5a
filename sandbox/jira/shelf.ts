import type { Screen } from './create-rules.ts';
import { type JiraIssue, Refused } from './types.ts';

export interface ShelfOptions {
  now(): number;
  readonly screen: Screen;
  /** How long search is behind, ms. */
  lagMs: number;
}

/** Where issues stand, and what they are called. */
export interface Shelf {
  readonly issues: JiraIssue[];
  /** Refuses what is not there; an issue that was moved is found by its former keys as well. */
  find(idOrKey: string): JiraIssue;
  /** It changed now. */
  touch(issue: JiraIssue): void;
  /** Takes the project's next number. */
  nextKey(project: string): string;
  /** Of an issue or a comment. */
  nextId(): string;
}

export function createShelf(options: ShelfOptions): Shelf {
  const issues: JiraIssue[] = [];
  const numbers = new Map<string, number>();
  let ids = 10_000;
  return {
    issues,
    find(idOrKey) {
      const found = issues.find(({ id, key, formerKeys }) => [id, key, ...formerKeys].includes(idOrKey));
      if (found === undefined) throw new Refused(404, 'Issue does not exist or you do not have permission to see it.');
      return found;
    },
    touch(issue) {
      issue.updatedAt = options.now();
      issue.indexedAt = options.now() + options.lagMs;
    },
    nextKey(project) {
      const number = (numbers.get(project) ?? 0) + 1;
      numbers.set(project, number);
      return `${project}-${number}`;
    },
    nextId: () => String(++ids),
  };
}
