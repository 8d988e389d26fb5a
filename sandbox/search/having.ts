import { SearchError, type SearchNode, type Term } from './ast.ts';
import { comparison, operand } from './match.ts';

/** An aggregate's value in a row: a number, or epoch milliseconds for dates. */
export type RowTest = (aggregate: (name: string) => number) => boolean;

/** The conditions on events and those on rows of a search (WHERE and HAVING). */
export type SplitSearch = { readonly where: SearchNode; readonly having: SearchNode | undefined };

/** Parts the search; an OR over both kinds is refused. */
export function splitSearch(node: SearchNode): SplitSearch {
  const wheres: SearchNode[] = [];
  const havings: SearchNode[] = [];
  collect(node, wheres, havings);
  return {
    where: { kind: 'and', parts: wheres },
    having: havings.length === 0 ? undefined : { kind: 'and', parts: havings },
  };
}

function collect(node: SearchNode, wheres: SearchNode[], havings: SearchNode[]): void {
  const kinds = kindsIn(node);
  if (kinds.size < 2) {
    if (kinds.has('aggregate')) havings.push(node);
    else wheres.push(node);
    return;
  }
  if (node.kind !== 'and')
    throw new SearchError('Having an OR between aggregate filters and normal filters is invalid.');
  for (const part of node.parts) collect(part, wheres, havings);
}

function kindsIn(node: SearchNode): Set<'aggregate' | 'normal'> {
  if (node.kind === 'term') return new Set([node.term.key.kind === 'aggregate' ? 'aggregate' : 'normal']);
  return new Set(node.parts.flatMap((part) => [...kindsIn(part)]));
}

/** The aggregates a search names, `count()`. */
export function aggregatesIn(node: SearchNode | undefined): string[] {
  if (node === undefined) return [];
  if (node.kind === 'term') return [node.term.key.name];
  return node.parts.flatMap(aggregatesIn);
}

export function compileHaving(node: SearchNode): RowTest {
  if (node.kind === 'term') return termTest(node.term);
  const tests = node.parts.map(compileHaving);
  if (node.kind === 'and') return (row) => tests.every((test) => test(row));
  return (row) => tests.some((test) => test(row));
}

function termTest(term: Term): RowTest {
  const { key, test } = term;
  const holds =
    test.kind === 'compare'
      ? comparison(test.by, operand(key, test.value))
      : equality(test.kind === 'text' ? operand(key, test.pattern.text) : NaN, key.name);
  return (row) => holds(row(key.name)) !== term.negated;
}

function equality(right: number, name: string): (left: number) => boolean {
  if (Number.isNaN(right)) throw new SearchError(`${name}: Invalid number.`);
  return (left) => left === right;
}
