import { type Document, isPair, isScalar, type Node, type Scalar, visit } from 'yaml';
import { quote } from '../formats.ts';
import type { LineFault } from './sheet.ts';
import { inQuotes } from './unquoted.ts';

/** What YAML took away from texts to search for, which would search for something else than they look. */
export interface Swallowed {
  readonly faults: readonly LineFault[];
  /** Plainly comments; but the text may have been meant. */
  readonly warnings: readonly LineFault[];
}

const SEARCHED = ['query', 'searchTerms', 'exclude'];

/** Of unquoted texts only: who writes quotes has said where the text ends. */
export function swallowedIn(doc: Document, file: string, lineAt: (offset: number) => number): Swallowed {
  const faults: LineFault[] = [];
  const warnings: LineFault[] = [];
  visit(doc, {
    Scalar(role, node, path) {
      const key = role === 'key' || node.type !== 'PLAIN' ? undefined : searchedBy(path);
      const found = key === undefined ? undefined : lostOf(node, file);
      if (found === undefined) return;
      const line = lineAt(node.range![0]);
      (found.isPlain ? warnings : faults).push({ line, text: `${key}: ${found.text}` });
    },
  });
  return { faults, warnings };
}

/** The key, when the path leads to the text of one in a filter or in the defaults. */
function searchedBy(path: readonly unknown[]): string | undefined {
  const [outer, inner, ...deeper] = path.filter(isPair).map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  if (inner === undefined || deeper.length > 0 || !['filters', 'defaults'].includes(outer!)) return undefined;
  return SEARCHED.includes(inner) ? inner : undefined;
}

function lostOf(node: Scalar, file: string): { readonly isPlain: boolean; readonly text: string } | undefined {
  const source = node.source!;
  const read = source === '' ? 'is read as nothing' : `is read as ${quote(source)}`;
  const mark = markOf(node);
  if (mark !== undefined) {
    const all = inQuotes(`${mark} ${source}`.trim(), ': ');
    return { isPlain: false, text: `${read}, without ${quote(mark)}; write the whole text in quotes${all}` };
  }
  const [, blank = '', comment] = /^([ \t]+)(#[^\r\n]*)/.exec(file.slice(node.range![1])) ?? [];
  if (comment === undefined) return undefined;
  const all = inQuotes(`${source}${blank}${comment}`.trimEnd(), ': ');
  const isPlain = /^#(?:\s|$)/.test(comment);
  const remedy = isPlain
    ? `if it is one, put quotes around the text before it${inQuotes(source, ': ')}`
    : `write the whole text in quotes${all}`;
  const what = isPlain ? 'is taken for a comment' : 'is lost as a comment';
  return { isPlain, text: `${read}, and ${quote(comment)} ${what}; ${remedy}` };
}

/** An anchor, or the tag that means nothing: as it is written. */
function markOf({ anchor, tag }: Node & { readonly anchor?: string }): string | undefined {
  if (anchor !== undefined) return `&${anchor}`;
  return tag === '!' ? '!' : undefined;
}
