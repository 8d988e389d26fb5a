import { SearchError, type SearchMode, type SearchNode, type Term } from './ast.ts';
import { isFilterAhead, takeFilter } from './filter.ts';
import { readPattern } from './pattern.ts';
import { atEnd, parseError, peek, type Scanner, skipSpaces, take } from './scanner.ts';

type Operator = 'AND' | 'OR';
/** null: nothing, which is dropped. */
type Piece = SearchNode | Operator | null;

const QUOTED = /"((?:\\"|[^"\\]|\\(?!"))*)"/y;

/**
 * Reads a search string by Sentry's grammar (`events`) or as the issue search restricts it (`issues`). None is an empty
 * AND.
 */
export function parseSearch(text: string, mode: SearchMode): SearchNode {
  const scanner: Scanner = { text, at: 0 };
  const pieces = takePieces(scanner, mode);
  if (!atEnd(scanner)) throw parseError(text, scanner.at);
  if (mode === 'issues' && pieces.some((piece) => typeof piece === 'string'))
    throw new SearchError('Boolean statements containing "OR" or "AND" are not supported in this search');
  return join(pieces);
}

function takePieces(scanner: Scanner, mode: SearchMode): Piece[] {
  const pieces: Piece[] = [];
  for (;;) {
    skipSpaces(scanner);
    const piece = takePiece(scanner, mode);
    if (piece === undefined) return pieces;
    pieces.push(piece);
  }
}

function takePiece(scanner: Scanner, mode: SearchMode): Piece | undefined {
  const operator = takeOperator(scanner);
  if (operator !== undefined) return operator;
  const group = mode === 'events' ? takeGroup(scanner, mode) : undefined;
  if (group !== undefined) return group;
  const filter = takeFilter(scanner, mode);
  if (filter !== undefined) return { kind: 'term', term: filter };
  const words = takeFreeText(scanner, mode);
  if (words === undefined) return undefined;
  return words === '' ? null : freeText(words);
}

function takeOperator(scanner: Scanner): Operator | undefined {
  const word = take(scanner, /(?:AND|OR)(?=[ \t\n)]|$)/iy)?.[0];
  return word === undefined ? undefined : (word.toUpperCase() as Operator);
}

/** NOTE: what is read inside is judged only when the parenthesis closes. */
function takeGroup(scanner: Scanner, mode: SearchMode): Piece | undefined {
  const start = scanner.at;
  if (take(scanner, /\(/y) === undefined) return undefined;
  const pieces = takePieces(scanner, mode);
  if (pieces.length > 0 && take(scanner, /\)/y) !== undefined)
    return pieces.every((piece) => piece === null) ? null : join(pieces);
  scanner.at = start;
  return undefined;
}

/** A quoted text, or the run of plain words up to the next filter, operator or group: one phrase. */
function takeFreeText(scanner: Scanner, mode: SearchMode): string | undefined {
  const quoted = take(scanner, QUOTED)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('\\"', '"');
  const start = scanner.at;
  while (!isFilterAhead(scanner) && takeOperator({ ...scanner }) === undefined && takeWord(scanner, mode))
    skipSpaces(scanner);
  return scanner.at === start ? undefined : scanner.text.slice(start, scanner.at).replace(/ +$/, '');
}

function takeWord(scanner: Scanner, mode: SearchMode): boolean {
  if (mode === 'issues') return take(scanner, /[^\n ]+/y) !== undefined;
  const start = scanner.at;
  if (take(scanner, /\(/y) === undefined) return take(scanner, /[^()\n ]+/y) !== undefined;
  if (peek(scanner) !== ')') takeFreeText(scanner, mode);
  if (take(scanner, /\)/y) !== undefined) return true;
  scanner.at = start;
  return false;
}

function freeText(raw: string): SearchNode {
  const term: Term = {
    negated: false,
    key: { kind: 'field', name: 'message' },
    test: { kind: 'text', pattern: readPattern(raw) },
  };
  return { kind: 'term', term };
}

/** AND binds tighter than OR; side by side is AND. */
function join(all: readonly Piece[]): SearchNode {
  const pieces = all.filter((piece) => piece !== null);
  if (pieces.length > 1) checkOperators(pieces);
  const alternatives: SearchNode[][] = [[]];
  for (const piece of pieces) {
    if (piece === 'OR') alternatives.push([]);
    else if (piece !== 'AND') alternatives.at(-1)?.push(piece);
  }
  const parts = alternatives
    .filter((one) => pieces.length === 1 || !one.every(isNothing))
    .map((one): SearchNode => (one.length === 1 && one[0] !== undefined ? one[0] : { kind: 'and', parts: one }));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : oneOf(parts);
}

/** A lone operator makes no condition. */
function oneOf(parts: readonly SearchNode[]): SearchNode {
  return parts.every(isNothing) ? { kind: 'and', parts: [] } : { kind: 'or', parts };
}

function isNothing(node: SearchNode): boolean {
  return node.kind !== 'term' && node.parts.every(isNothing);
}

function checkOperators(pieces: readonly (SearchNode | Operator)[]): void {
  pieces.forEach((piece, i) => {
    if (typeof piece !== 'string') return;
    if (typeof pieces[i - 1] !== 'object')
      throw new SearchError(`Condition is missing on the left side of '${piece}' operator`);
    if (typeof pieces[i + 1] !== 'object')
      throw new SearchError(`Condition is missing on the right side of '${piece}' operator`);
  });
}
