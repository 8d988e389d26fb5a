import { type Alias, type CST, type Document, LineCounter, parseDocument, Parser, visit } from 'yaml';
import { quote } from '../formats.ts';
import { type LineFault, openSheet, type Sheet } from './sheet.ts';
import { type Swallowed, swallowedIn } from './swallowed.ts';
import { inQuotes, quotesAdvice } from './unquoted.ts';

const MAX_BYTES = 1024 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 20;

/** A text that could be read as a whole, or what hinders. */
export type ReadText = { readonly sheet: Sheet; readonly swallowed: Swallowed } | Unread;

interface Unread {
  readonly faults: readonly LineFault[];
}

/** Reads YAML 1.2 with nothing that a list of filters does not need: no custom tags, few aliases, one document. */
export function readSheet(text: string): ReadText {
  if (Buffer.byteLength(text) > MAX_BYTES)
    return fault(1, 'is larger than 1 MiB; split it into several files in a folder');
  if (isDeep(text)) return fault(1, 'has lists or maps nested too deep; see config/filters.example.yaml for the shape');
  return parse(text);
}

/** NOTE: parseDocument calls itself for each level; the parser below it does not, so depth is judged there first. */
function isDeep(text: string): boolean {
  let level: CST.Token[] = [...new Parser().parse(text)];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(inside);
  }
  return false;
}

function inside(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((one) => one !== undefined && one !== null));
}

function parse(text: string): ReadText {
  const lines = new LineCounter();
  // NOTE: uniqueKeys compares every key with every other; `entries` looks for repeated ones instead.
  const doc = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    stringKeys: true,
    uniqueKeys: false,
    customTags: [],
    resolveKnownTags: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const placeAt = (offset: number) => {
    const { line, col: column } = lines.linePos(offset);
    return { line, column };
  };
  const lineAt = (offset: number) => placeAt(offset).line;
  if (doc.errors.length > 0 || doc.warnings.length > 0) return { faults: syntaxFaults(doc, text, lines) };
  const { explicit, version } = doc.directives.yaml;
  if (explicit === true && version !== '1.2') return fault(1, `asks for YAML ${version}; remove the %YAML line`);
  const sheet = () => ({ sheet: openSheet(doc, { text, placeAt }), swallowed: swallowedIn(doc, text, lineAt) });
  return aliasFault(doc, lineAt) ?? sheet();
}

const PLAINER: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'has a second document; remove the --- here',
  TAG_RESOLVE_FAILED: 'has a tag (!) that is not known; remove the tag',
};

/** The first of each line: the others mostly follow from it. */
function syntaxFaults({ errors, warnings }: Document, file: string, lines: LineCounter): readonly LineFault[] {
  const found = new Map<number, LineFault>();
  const written = file.split(/\r?\n/);
  for (const { code, message, pos } of [...errors, ...warnings]) {
    const { line, col } = lines.linePos(pos[0]);
    const shown = message.length > 120 ? `${message.slice(0, 120)}…` : message;
    const text =
      quotesAdvice(written, line, col - 1) ??
      PLAINER[code] ??
      `is not valid YAML (${shown}); correct this line or the one above`;
    if (!found.has(line)) found.set(line, { line, text });
  }
  return [...found.values()];
}

function aliasFault(doc: Document, lineAt: (offset: number) => number): Unread | undefined {
  const aliases: Alias[] = [];
  visit(doc, { Alias: (_key, alias) => (aliases.push(alias) > MAX_ALIASES ? visit.BREAK : undefined) });
  const last = aliases.at(-1);
  if (last === undefined) return undefined;
  const lost = aliases.find((alias) => alias.resolve(doc) === undefined);
  if (lost !== undefined) {
    const text = `*${lost.source}`;
    const quotes = `put the text in quotes${inQuotes(text, ': ')}`;
    const remedy = `${quotes}, or write the same name with & before the value it means`;
    return fault(lineAt(lost.range![0]), `${quote(text)} stands for nothing; ${remedy}`);
  }
  if (aliases.length <= MAX_ALIASES && unfolds(doc)) return undefined;
  return fault(lineAt(last.range![0]), 'uses aliases (*) too often; write the values out');
}

/** Whether the values that aliases stand for stay few when aliases stand for aliases. */
function unfolds(doc: Document): boolean {
  try {
    doc.toJS({ maxAliasCount: MAX_ALIASES });
    return true;
  } catch {
    return false;
  }
}

function fault(line: number, text: string): Unread {
  return { faults: [{ line, text }] };
}
