import { SearchError, type SearchMode, type SearchNode, type Term } from './ast.ts';
import { readPattern } from './pattern.ts';
import {
  atEnd,
  atTermEnd,
  hasLooseQuote,
  parseError,
  peek,
  quoteError,
  type Scanner,
  skipSpaces,
  take,
  takeQuoted,
} from './scanner.ts';
import { takeFilter } from './term.ts';

type Operator = 'AND' | 'OR';
type Piece = SearchNode | Operator;

/** Reads a search string by SA §9.1–9.4 (`events`) or §9.6 (`issues`). An empty one is an empty AND. */
export function parseSearch(text: string, mode: SearchMode): SearchNode {
  const scanner: Scanner = { text, at: 0 };
  const pieces = takePieces(scanner, mode);
  if (!atEnd(scanner)) throw parseError(text, scanner.at);
  if (mode === 'issues' && pieces.some((piece) => typeof piece === 'string')) {
    throw new SearchError('Boolean statements containing "OR" or "AND" are not supported in this search');
  }
  return join(pieces);
}

function takePieces(scanner: Scanner, mode: SearchMode): Piece[] {
  const pieces: Piece[] = [];
  for (;;) {
    skipSpaces(scanner);
    if (atEnd(scanner) || (peek(scanner) === ')' && mode === 'events')) return pieces;
    pieces.push(takePiece(scanner, mode));
  }
}

function takePiece(scanner: Scanner, mode: SearchMode): Piece {
  const operator = takeOperator(scanner);
  if (operator !== undefined) return operator;
  if (peek(scanner) === '(' && mode === 'events') return takeGroup(scanner, mode);
  const filter = takeFilter(scanner, mode);
  if (filter === undefined) return freeText(takeFreeText(scanner, mode));
  if (!atTermEnd(scanner)) throw parseError(scanner.text, scanner.at);
  return { kind: 'term', term: filter };
}

function takeOperator(scanner: Scanner): Operator | undefined {
  const word = take(scanner, /(?:AND|OR)(?=[ \t\n)]|$)/iy)?.[0];
  return word === undefined ? undefined : (word.toUpperCase() as Operator);
}

function takeGroup(scanner: Scanner, mode: SearchMode): SearchNode {
  const start = scanner.at;
  scanner.at++;
  const pieces = takePieces(scanner, mode);
  if (pieces.length === 0 || peek(scanner) !== ')') throw parseError(scanner.text, start);
  scanner.at++;
  return join(pieces);
}

/** A quoted text, or the run of plain words up to the next filter, operator or parenthesis: one phrase. */
function takeFreeText(scanner: Scanner, mode: SearchMode): string {
  const quoted = takeQuoted(scanner);
  if (quoted !== undefined) {
    if (!atTermEnd(scanner)) throw quoteError(`"${quoted}"${peek(scanner)}`);
    return quoted;
  }
  const start = scanner.at;
  let end = start;
  while (isWordAhead(scanner, mode)) {
    const word = take(scanner, mode === 'events' ? /[^()\n ]+/y : /[^\n ]+/y)?.[0] ?? '';
    if (hasLooseQuote(word)) throw quoteError(word);
    end = scanner.at;
    take(scanner, / */y);
  }
  if (end === start) throw parseError(scanner.text, scanner.at);
  return scanner.text.slice(start, end);
}

function isWordAhead(scanner: Scanner, mode: SearchMode): boolean {
  const next = peek(scanner);
  if (atEnd(scanner) || next === '\n' || next === '"') return false;
  if (mode === 'events' && (next === '(' || next === ')')) return false;
  const probe: Scanner = { text: scanner.text, at: scanner.at };
  if (takeOperator(probe) !== undefined) return false;
  return !/^!?(?:tags\[[^\]]*\]|[a-z_]+\([^)]*\)|[a-zA-Z0-9_.-]+):/.test(scanner.text.slice(scanner.at));
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
function join(pieces: readonly Piece[]): SearchNode {
  checkOperators(pieces);
  const alternatives: SearchNode[][] = [[]];
  for (const piece of pieces) {
    if (piece === 'OR') alternatives.push([]);
    else if (piece !== 'AND') alternatives.at(-1)?.push(piece);
  }
  const parts = alternatives.map((all): SearchNode =>
    all.length === 1 && all[0] !== undefined ? all[0] : { kind: 'and', parts: all },
  );
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts };
}

function checkOperators(pieces: readonly Piece[]): void {
  pieces.forEach((piece, i) => {
    if (typeof piece !== 'string') return;
    if (typeof pieces[i - 1] !== 'object')
      throw new SearchError(`Condition is missing on the left side of '${piece}' operator`);
    if (typeof pieces[i + 1] !== 'object')
      throw new SearchError(`Condition is missing on the right side of '${piece}' operator`);
  });
}
