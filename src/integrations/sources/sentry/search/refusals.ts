import { quote } from '../../../../config/formats.ts';
import { FLAGS, IDS, ISSUE_ONLY, MOMENTS, NUMBERS, PROJECTS, STATES } from './fields.ts';
import { entriesIn, type Node, type Term, textsIn, type Value } from './nodes.ts';
import type { Search } from './read-search.ts';

/**
 * What Sentry would answer with a 400, and what asks for nothing or for another thing than a window of events: the
 * first such thing; what to do. Undefined: it can be asked. `projects`: slugs of the filter.
 */
export function refusalOf({ nodes, rest }: Search, projects: readonly string[]): string | undefined {
  if (rest !== '') return unread(rest, nodes);
  const wrong = refusedIn(nodes, projects);
  if (wrong !== undefined) return wrong;
  if (nodes.some((node) => isCondition(node, projects))) return undefined;
  return 'is no condition at all, so it would match every event; remove the key, or put the text in double quotes';
}

function unread(rest: string, nodes: readonly Node[]): string {
  const inWords = nodes.some(({ source }) => /[^\s(]"/.test(source)) ? ' (a quote inside a word quotes nothing)' : '';
  if (rest.startsWith(')')) return `has a ) that closes nothing${inWords}; remove it, or put the text in double quotes`;
  if (/^\( +\)/.test(rest)) return 'has parentheses with nothing in them; remove them';
  return `has a ( that is not closed${inWords}; close it, or put the text in double quotes`;
}

function refusedIn(nodes: readonly Node[], projects: readonly string[]): string | undefined {
  for (const node of nodes) {
    const inside = node.kind === 'group' ? refusedIn(node.parts, projects) : undefined;
    const found = node.kind === 'term' ? refusedTerm(node, projects) : inside;
    if (found !== undefined) return found;
  }
  return alone(nodes.filter((node) => !isEmpty(node)));
}

/** Adds nothing, and is dropped before the operators are looked at. */
function isEmpty(node: Node): boolean {
  return (node.kind === 'words' && node.text === '') || (node.kind === 'group' && node.parts.every(isEmpty));
}

/** An operator without a condition on both sides; one that stands alone in its parentheses is dropped. */
function alone(nodes: readonly Node[]): string | undefined {
  if (nodes.length < 2) return undefined;
  for (const [index, node] of nodes.entries()) {
    if (node.kind !== 'operator') continue;
    const sides = [nodes[index - 1], nodes[index + 1]];
    if (sides.every((side) => side !== undefined && side.kind !== 'operator')) continue;
    return `has ${quote(node.source)} without a condition on each side; add one, or put the text in double quotes`;
  }
  return undefined;
}

/** NOTE: Sentry ignores what a project must not be, when that is none of those asked for. */
function isCondition(node: Node, projects: readonly string[]): boolean {
  if (node.kind === 'operator') return false;
  if (node.kind === 'words') return node.text !== '';
  if (node.kind === 'group') return node.parts.some((part) => isCondition(part, projects));
  if (node.key.kind !== 'field' || !PROJECTS.has(node.key.name)) return true;
  return node.value.kind !== 'has' && textsIn(node.value).some((slug) => projects.includes(slug));
}

function refusedTerm(term: Term, projects: readonly string[]): string | undefined {
  const { key, value, source } = term;
  const shown = quote(source);
  if (value.kind === 'flawed') return flawed(value.why, shown);
  if (key.kind === 'count') return `${shown} is a condition on a count, not on events; remove it`;
  return key.kind === 'field' ? refusedField(key.name, term, projects) : undefined;
}

function flawed(why: Extract<Value, { kind: 'flawed' }>['why'], shown: string): string {
  if (why === 'nothing') return `${shown} has nothing behind the colon; write the value there, without a blank`;
  if (why === 'hole') return `${shown} has an empty place in its list; remove the comma`;
  if (why === 'key') return `${shown} names no key; write has: and the name of a field or tag`;
  return `${shown} has a quote inside its value; put the whole value in quotes, with \\" for a quote in it`;
}

function refusedField(name: string, term: Term, projects: readonly string[]): string | undefined {
  const { value, source, isNegated } = term;
  const shown = quote(source);
  const instead = ISSUE_ONLY.get(name);
  if (instead !== undefined)
    return (
      `${shown} is for searches of issues; with events it would look for a tag "${name}": ${instead}; ` +
      `a tag of yours is written tags[${name}]`
    );
  if (MOMENTS.has(name)) return `${shown} is about when an event happened, and the window is ours; remove it`;
  if (name === 'start' || name === 'end') return `${shown} is ignored by Sentry, and the window is ours; remove it`;
  if (value.kind === 'has') return undefined;
  const must = valueOf(name, term);
  if (must !== undefined) return `${shown} is refused by Sentry: ${name} takes ${must}`;
  const others = PROJECTS.has(name) && !isNegated ? textsIn(value).filter((slug) => !projects.includes(slug)) : [];
  if (others.length === 0) return undefined;
  const named = others.map(quote).join(', ');
  return `${shown}: ${named} is not among the projects of the filter; add it there, or remove it here`;
}

/** What the key takes; undefined: the value fits. */
function valueOf(name: string, { value, isNegated, gluedTo }: Term): string | undefined {
  const texts = textsIn(value);
  if (name === 'is' || name === 'status')
    return isState(value, name === 'status') ? undefined : `one of ${STATES.join(', ')}`;
  if (NUMBERS.has(name)) return isNumber(value, isNegated) && /^[,\]]?$/.test(gluedTo) ? undefined : 'a number';
  if (FLAGS.has(name)) return isFlag(value) && gluedTo === '' ? undefined : 'true or false, without quotes';
  if (name === 'error.received')
    return isMoment(value) && !isNegated && gluedTo === '' ? undefined : 'a date such as >2026-01-31';
  // Only = and != are operators of a text: any other is a part of it.
  const isPart = value.kind === 'text' && /[<>]/.test(value.operator);
  if (IDS.has(name)) return !isPart && texts.every(isId) ? undefined : 'an id of 32 hex digits';
  if (name === 'trace.span')
    return !isPart && texts.every((it) => /^(?:[\da-f]{16})?$/i.test(it)) ? undefined : '16 hex digits';
  return undefined;
}

function isState(value: Value, mayBeList: boolean): boolean {
  const mayBe = value.kind === 'list' ? mayBeList : value.kind === 'text' && value.operator === '';
  return mayBe && textsIn(value).every((it) => STATES.includes(it));
}

/** NOTE: without an operator or a `!` before it, -10m is ten minutes ago, and no ten millions. */
function isNumber(value: Value, isNegated: boolean): boolean {
  if (value.kind === 'text' && value.operator === '' && !isNegated && /^-\d+m$/i.test(value.text)) return false;
  return entriesIn(value).every(({ text, isQuoted }) => !isQuoted && /^-?\d+(?:\.\d*)?[kmb]?$/i.test(text));
}

function isFlag(value: Value): boolean {
  return value.kind === 'text' && value.operator === '' && !value.isQuoted && /^(?:true|1|false|0)$/i.test(value.text);
}

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?$/;

function isMoment(value: Value): boolean {
  if (value.kind !== 'text' || value.isQuoted) return false;
  if (DATE.test(value.text)) return !Number.isNaN(Date.parse(value.text.slice(0, 10)));
  return value.operator === '' && /^[+-]\d+[wdhm]$/.test(value.text);
}

/** A UUID in any of its written forms. */
function isId(text: string): boolean {
  const digits = text.replaceAll(/urn:|uuid:/g, '').replaceAll(/^[{}]+|[{}]+$|-/g, '');
  return text === '' || /^[\da-f]{32}$/i.test(digits);
}
