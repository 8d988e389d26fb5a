import type { Group, Node, Operator, Words } from './nodes.ts';
import { attempt, enclosed, gluedTo, peek, type Scanner, skipBlanks, take, takeQuoted } from './scanner.ts';
import { isTermAhead, takeTerm } from './term.ts';

export interface Search {
  readonly nodes: readonly Node[];
  /** What could not be read, and all behind it: Sentry answers 400. '' when all was read. */
  readonly rest: string;
}

/** Reads a text of Sentry's event search by its grammar, which reads from left to right and never goes back. */
export function readSearch(text: string): Search {
  const scanner: Scanner = { text, at: 0, depth: 0 };
  const nodes = takeNodes(scanner);
  return { nodes, rest: text.slice(scanner.at) };
}

function takeNodes(scanner: Scanner): readonly Node[] {
  const nodes: Node[] = [];
  for (;;) {
    skipBlanks(scanner);
    const node = takeOperator(scanner) ?? takeGroup(scanner) ?? takeTerm(scanner) ?? takeWords(scanner);
    if (node === undefined) return nodes;
    nodes.push(node);
  }
}

function takeOperator(scanner: Scanner): Operator | undefined {
  const source = take(scanner, /(?:OR|AND)(?=[\t\n )]|$)/iy)?.[0];
  if (source === undefined) return undefined;
  return { kind: 'operator', word: source.toUpperCase() === 'OR' ? 'OR' : 'AND', source };
}

function takeGroup(scanner: Scanner): Group | undefined {
  const { text, at } = scanner;
  return attempt(scanner, () => {
    const parts = enclosed(scanner, () => takeNodes(scanner));
    if (parts === undefined || parts.length === 0) return undefined;
    return { kind: 'group', parts, source: text.slice(at, scanner.at) };
  });
}

/** A text in quotes, or a phrase: words up to the next condition, operator or group. */
function takeWords(scanner: Scanner): Words | undefined {
  const { text, at } = scanner;
  const quoted = takeQuoted(scanner);
  if (quoted === undefined && !skipPhrase(scanner)) return undefined;
  const source = text.slice(at, scanner.at).replace(/ +$/, '');
  const isQuoted = quoted !== undefined;
  return { kind: 'words', text: quoted ?? source, isQuoted, gluedTo: isQuoted ? gluedTo(scanner) : '', source };
}

/** NOTE: quotes inside of a phrase are text, and so are parentheses that hold nothing but text. */
function skipPhrase(scanner: Scanner): boolean {
  const start = scanner.at;
  for (;;) {
    if (isTermAhead(scanner) || takeOperator({ ...scanner }) !== undefined) break;
    if (!skipParentheses(scanner) && take(scanner, /[^()\n ]+/y) === undefined) break;
    skipBlanks(scanner);
  }
  return scanner.at > start;
}

function skipParentheses(scanner: Scanner): boolean {
  const skipped = enclosed(scanner, () => peek(scanner) !== ')' && takeWords(scanner));
  return skipped !== undefined;
}
