import type { Pattern, SearchNode } from './ast.ts';

/** The only issues whose events a search can find; undefined: it does not say by their ids. */
export function issueIdsIn(node: SearchNode): readonly string[] | undefined {
  if (node.kind === 'and') return node.parts.map(issueIdsIn).find((ids) => ids !== undefined);
  if (node.kind !== 'term' || node.term.negated || node.term.key.name !== 'issue.id') return undefined;
  const { test } = node.term;
  if (test.kind === 'text') return exact([test.pattern]);
  return test.kind === 'list' ? exact(test.patterns) : undefined;
}

function exact(patterns: readonly Pattern[]): readonly string[] | undefined {
  return patterns.every(({ parts }) => parts.length === 1) ? patterns.map(({ text }) => text) : undefined;
}
