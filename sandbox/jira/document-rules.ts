/** What is wrong with a document of ADF; undefined: nothing. Stricter than Jira: only what it certainly takes. */
export function documentFault(node: unknown): string | undefined {
  if (!isNode(node, ['version', 'type', 'content']) || node['version'] !== 1 || node['type'] !== 'doc')
    return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  return childrenFault(node, blockFault);
}

function blockFault(node: unknown): string | undefined {
  if (isNode(node, ['type', 'content']) && node['type'] === 'paragraph')
    return childrenFault(node, (it) => textFault(it, true));
  if (isNode(node, ['type', 'attrs', 'content']) && node['type'] === 'codeBlock')
    return childrenFault(node, (it) => textFault(it, false));
  if (isNode(node, ['type', 'content']) && node['type'] === 'bulletList') return childrenFault(node, itemFault, 1);
  return 'INVALID_INPUT: a block that is none';
}

function itemFault(node: unknown): string | undefined {
  if (!isNode(node, ['type', 'content']) || node['type'] !== 'listItem') return 'INVALID_INPUT: an entry that is none';
  return childrenFault(node, (it) => (typeOf(it) === 'paragraph' ? blockFault(it) : 'INVALID_INPUT: bare text'), 1);
}

function textFault(node: unknown, mayHaveMarks: boolean): string | undefined {
  if (!isNode(node, ['type', 'text', 'marks']) || node['type'] !== 'text') return 'INVALID_INPUT: no text';
  const { text, marks = [] } = node;
  if (typeof text !== 'string' || text === '') return 'INVALID_INPUT: a text without text';
  if (/[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed()) return 'INVALID_INPUT: characters that no XML has';
  if (!Array.isArray(marks) || (marks.length > 0 && !mayHaveMarks)) return 'INVALID_INPUT: marks';
  return marks.map(markFault).find((it) => it !== undefined);
}

function markFault(mark: unknown): string | undefined {
  if (!isNode(mark, ['type', 'attrs']) || mark['type'] !== 'link') return 'INVALID_INPUT: a mark';
  const { attrs } = mark;
  const isLink =
    isNode(attrs, ['href']) && typeof attrs['href'] === 'string' && /^https?:\/\/[^\s]+$/.test(attrs['href']);
  return isLink ? undefined : 'INVALID_INPUT: an address';
}

function childrenFault(
  { content = [] }: Readonly<Record<string, unknown>>,
  faultOf: (child: unknown) => string | undefined,
  atLeast = 0,
): string | undefined {
  if (!Array.isArray(content) || content.length < atLeast) return 'INVALID_INPUT: content';
  return content.map(faultOf).find((it) => it !== undefined);
}

function isNode(node: unknown, keys: readonly string[]): node is Readonly<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return false;
  return Object.keys(node).every((key) => keys.includes(key));
}

function typeOf(node: unknown): unknown {
  return (node as { type?: unknown } | null)?.type;
}

/** All that a document says. */
export function saidIn(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(saidIn).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  const { text, content } = node as { text?: unknown; content?: unknown };
  return typeof text === 'string' ? text : saidIn(content ?? '');
}
