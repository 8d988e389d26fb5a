import { quote } from '../../../../config/formats.ts';
import { isField, NUMBERS, PROJECTS, VERSIONS } from './fields.ts';
import { hasWildcard, type Node, type Term, textsIn, type Value, type Words } from './nodes.ts';

/** Where a search that can be asked means something else than it looks: what Sentry understands; what to write. */
export function warningsOf(nodes: readonly Node[], projects: readonly string[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'group') return node.parts.every(isOperator) ? [idle(node)] : warningsOf(node.parts, projects);
    if (node.kind === 'words') return ofWords(node);
    return node.kind === 'term' ? ofTerm(node, projects) : [];
  });
}

function isOperator({ kind }: Node): boolean {
  return kind === 'operator';
}

function idle({ source }: { readonly source: string }): string {
  return `${quote(source)} is no condition, and Sentry ignores it`;
}

function ofWords({ text, isQuoted, gluedTo, source }: Words): readonly string[] {
  const shown = quote(source);
  if (text === '') return [`${shown} is no condition, and Sentry ignores it`];
  if (isQuoted)
    return gluedTo !== '' ? [`${shown} ends where its quotes end: what follows is a condition of its own`] : [];
  const literally = `Sentry looks for the text ${quote(text)} as it stands`;
  const sign = oddIn(text);
  return sign === undefined ? [] : [`${literally}: ${sign}`];
}

/** What of a phrase looks like more than text. */
function oddIn(text: string): string | undefined {
  if (/(?:^|[ (])NOT(?: |$)/.test(text)) return 'NOT is no operator; write ! before a key, such as !message:"text"';
  if (/(?:^| )!/.test(text)) return '! negates a key only, such as !message:"text", and no text and no group';
  if (/(?:^|[ (])(?:tags|flags)\[/.test(text))
    return 'a tag is written tags[name]:value, its name without blanks and quotes';
  if (text.includes('\t')) return 'a tab does not separate words; write a blank';
  if (/(?<!\\)"/.test(text)) return 'quotes enclose a text only at its beginning; write message:"text" for each one';
  return /[()]/.test(text) ? 'parentheses behind text are text; put the text in double quotes' : undefined;
}

function ofTerm(term: Term, projects: readonly string[]): readonly string[] {
  const { key, value, gluedTo, source } = term;
  const shown = quote(source);
  const all = [
    gluedTo !== ''
      ? `${shown} ends here for Sentry: what follows without a blank is a condition of its own`
      : undefined,
    key.kind === 'field' ? ofKey(key.name, term, projects) : undefined,
    key.kind === 'count' || value.kind === 'has' ? undefined : ofValue(term),
  ];
  return all.filter((it) => it !== undefined);
}

function ofKey(name: string, { value, isNegated, source }: Term, projects: readonly string[]): string | undefined {
  const shown = quote(source);
  if (name === 'is' || name === 'status' || (name === 'release' && textsIn(value).includes('latest')))
    return `${shown} asks for the state at the time of asking: windows are not counted again, nor caught up later`;
  if (name.startsWith('-')) return `${shown} is a condition on a tag "${name}"; write ! to negate: !${source.slice(1)}`;
  if (/^\d+$/.test(name) || (!isField(name) && /^\w+:\/\//.test(source)))
    return `${shown} is a condition on a tag "${name}"; put a text with a colon in double quotes`;
  if (name === 'has' || name === 'tags' || name === 'flags')
    return `${shown} is a condition on a tag "${name}"; write has:NAME, or tags[NAME]:VALUE`;
  if (
    PROJECTS.has(name) &&
    (value.kind === 'has' || (isNegated && !textsIn(value).some((it) => projects.includes(it))))
  )
    return `${shown} is no condition: all events are of the filter's projects`;
  if (name === 'environment' && textsIn(value).some(hasWildcard))
    return `${shown} finds nothing on older servers: they know no star here; write environments: of the filter`;
  if (name === 'message' && value.kind === 'list')
    return `${shown} finds only messages equal to an entry; write (message:"a" OR message:"b") for those that hold it`;
  return undefined;
}

function ofValue({ key, value, isNegated, source }: Term): string | undefined {
  const shown = quote(source);
  if (value.kind === 'list') {
    return isNegated && textsIn(value).some(hasWildcard)
      ? `${shown} leaves out nearly nothing on newer servers; write !${key.name}:VALUE once for each value`
      : escaped(value, shown);
  }
  if (value.kind !== 'text') return undefined;
  const { text, isQuoted, operator } = value;
  if (!isQuoted && text.startsWith('['))
    return `${shown} is no list: Sentry takes ${quote(text)} for the value; write [a, b], without blanks at its ends`;
  const isOrdered = NUMBERS.has(key.name) || VERSIONS.has(key.name) || key.name === 'error.received';
  if (/[<>]/.test(operator) && !isOrdered)
    return `${shown} compares nothing: Sentry takes ${quote(operator + text)} for the value${versions(key.name)}`;
  if (!isOrdered && !isQuoted && /^\d+(?:\.\d*)?(?:[kmb]|ms|s|min|h|hr|d|day|w|wk)$/i.test(text))
    return `${shown} is no amount: Sentry takes ${quote(text)} for the value as it stands`;
  return escaped(value, shown);
}

function versions(name: string): string {
  return name === 'release' ? '; write release.version: to compare versions' : '';
}

/** NOTE: only beside a star a backslash takes the next character's meaning. */
function escaped(value: Value, shown: string): string | undefined {
  const isLost = textsIn(value).some((text) => hasWildcard(text) && /(?<!\\)(?:\\\\)*\\[^*\\]/.test(text));
  return isLost
    ? `${shown} has a star, and beside it a backslash is not looked for; write \\\\ for a backslash`
    : undefined;
}
