import type { JsonObject } from '../../../core/model/item.ts';
import type { TextPart, TicketText, Word } from '../../../core/ports/tickets/tracker.ts';
import { linkOf, plainCode } from './plain.ts';

/** A text as Jira Cloud takes it: Atlassian's Document Format. */
export function adfOf(text: TicketText): JsonObject {
  return { version: 1, type: 'doc', content: text.map(partOf) };
}

function partOf(part: TextPart): JsonObject {
  switch (part.kind) {
    case 'line':
      return { type: 'paragraph', content: part.words.flatMap(wordOf) };
    case 'code':
      return { type: 'codeBlock', attrs: {}, content: textNodes(plainCode(part.text)) };
    case 'list':
      return {
        type: 'bulletList',
        content: part.items.map((words) => ({
          type: 'listItem',
          content: [{ type: 'paragraph', content: words.flatMap(wordOf) }],
        })),
      };
  }
}

/** NOTE: a text node without text is refused, and with it the whole document. */
function wordOf({ text, url }: Word): readonly JsonObject[] {
  const href = linkOf(url);
  if (href === undefined) return textNodes(text);
  return textNodes(text).map((node) => ({ ...node, marks: [{ type: 'link', attrs: { href } }] }));
}

function textNodes(text: string): readonly JsonObject[] {
  return text === '' ? [] : [{ type: 'text', text: text.toWellFormed() }];
}

/** Nodes that stand in a line; all others have lines of their own. */
const INLINE = new Set(['text', 'hardBreak', 'mention', 'emoji', 'inlineCard', 'date', 'status']);
/** Deeper than any editor nests. */
const DEPTH = 50;

/** What a document says, plain: its blocks one under another. */
export function textInAdf(node: unknown, depth = 0): string {
  if (typeof node !== 'object' || node === null || depth > DEPTH) return '';
  const { type, text, content, attrs } = node as Readonly<Record<string, unknown>>;
  if (type === 'text') return typeof text === 'string' ? text : '';
  if (type === 'hardBreak') return '\n';
  const own = (attrs as { text?: unknown; url?: unknown } | undefined) ?? {};
  if (INLINE.has(String(type))) return [own.text, own.url].find((it) => typeof it === 'string') ?? '';
  const parts = Array.isArray(content) ? content : [];
  const isLine = parts.every((part) => INLINE.has(String((part as { type?: unknown } | null)?.type)));
  return parts.map((part) => textInAdf(part, depth + 1)).join(isLine ? '' : '\n');
}
