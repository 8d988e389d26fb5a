import {
  type Document,
  isAlias,
  isScalar,
  isSeq,
  isMap as isYamlMap,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** A scalar that YAML, or the older YAML of other tools, takes for something else than a text. */
export class Written {
  /** As in the file: 1.10 is a version, not 1.1. */
  readonly text: string;
  readonly value: unknown;

  constructor(text: string, value: unknown) {
    this.text = text;
    this.value = value;
  }

  /** What it is taken for. */
  get kind(): string {
    if (typeof this.value === 'number') return 'a number';
    return this.value === null ? 'an empty value' : 'a yes or no';
  }
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written);
}

/** What is wrong; what to do. */
export interface LineFault {
  readonly line: number;
  readonly text: string;
}

export type Path = readonly PropertyKey[];

/** A key of a map that stands there again. */
export interface Repeat {
  readonly key: string;
  /** Of the repetition. */
  readonly offset: number;
  readonly first: number;
}

/** Where a value stands. */
export interface Spot {
  readonly line: number;
  /** From 1 on; of what is in quotes where its text begins. */
  readonly column: number;
  /** Its text as the file has it, without quotes. */
  readonly written: string;
}

/** The text of a file. */
export interface SheetText {
  readonly text: string;
  /** Both from 1 on. */
  placeAt(offset: number): { readonly line: number; readonly column: number };
}

/** A YAML text that was read, and where in it things stand. */
export interface Sheet {
  /** Maps, lists and texts, aliases followed; other scalars are `Written`, and null where nothing is. */
  readonly value: unknown;
  /** Where the thing at a path begins: a map's key, a list's entry; else what should hold it. Undefined: the file. */
  offsetOf(path: Path): number | undefined;
  lineAt(offset: number): number;
  /** Of the value at a path; undefined: there is none. */
  spotOf(path: Path): Spot | undefined;
  /** Of the map at a path; the first of a key counts. */
  repeatsIn(path: Path): readonly Repeat[];
}

interface Entry {
  readonly key: Node;
  readonly value: Node | null;
}

export function openSheet(doc: Document, file: SheetText): Sheet {
  const known = new WeakMap<YAMLMap, ReadonlyMap<string, Entry>>();
  const values = new Map<Node, object>();
  const follow = (node: unknown): Node | null => followed(node, doc);
  function entriesOf(map: YAMLMap): ReadonlyMap<string, Entry> {
    const entries = known.get(map) ?? firsts(map, follow);
    known.set(map, entries);
    return entries;
  }
  function valueOf(node: Node | null): unknown {
    if (node === null || isScalar(node)) return node === null ? null : scalar(node);
    const made = values.get(node) ?? (isSeq(node) ? [] : {});
    if (values.has(node)) return made;
    // NOTE: before it is filled: an alias may stand inside the very thing it stands for.
    values.set(node, made);
    if (isSeq(node)) node.items.forEach((item, index) => own(made, index, valueOf(follow(item))));
    if (isYamlMap(node)) entriesOf(node).forEach(({ value }, key) => own(made, key, valueOf(value)));
    return made;
  }
  /** The node at a path, and the one that shows where it begins. */
  function find(path: Path): { readonly node: Node | null; readonly at: Node | null } {
    let found = { node: follow(doc.contents), at: path.length === 0 ? follow(doc.contents) : null };
    for (const step of path) {
      const next = stepInto(found.node, step, entriesOf);
      if (next === undefined) return { ...found, node: null };
      found = { node: follow(next.value), at: next.key };
    }
    return found;
  }
  return {
    value: valueOf(follow(doc.contents)),
    offsetOf: (path) => find(path).at?.range?.[0],
    lineAt: (offset) => file.placeAt(offset).line,
    spotOf: (path) => spotOf(find(path).node, file),
    repeatsIn(path) {
      const { node } = find(path);
      return isYamlMap(node) ? repeats(node, entriesOf(node)) : [];
    },
  };
}

function spotOf(node: Node | null, { text, placeAt }: SheetText): Spot | undefined {
  if (node === null) return undefined;
  const [start = 0, end = 0] = node.range ?? [];
  const quotes = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0;
  return { ...placeAt(start + quotes), written: text.slice(start + quotes, end - quotes) };
}

/** The node itself, or what an alias stands for; null: nothing. */
function followed(node: unknown, doc: Document): Node | null {
  if (isAlias(node)) return node.resolve(doc) ?? null;
  return isScalar(node) || isYamlMap(node) || isSeq(node) ? node : null;
}

/** Whatever the name: an assignment to `__proto__` would not make a property. */
function own(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function stepInto(node: Node | null, step: PropertyKey, entriesOf: (map: YAMLMap) => ReadonlyMap<string, Entry>) {
  if (isYamlMap(node)) return entriesOf(node).get(String(step));
  const item = isSeq(node) ? (node.items[Number(step)] as Node | undefined) : undefined;
  return item === undefined ? undefined : { key: item, value: item };
}

function firsts(map: YAMLMap, follow: (node: unknown) => Node | null): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const { key, value } of map.items) {
    const name = nameOf(key);
    if (!found.has(name)) found.set(name, { key: key as Node, value: follow(value) });
  }
  return found;
}

function repeats(map: YAMLMap, entries: ReadonlyMap<string, Entry>): readonly Repeat[] {
  return map.items.flatMap(({ key }) => {
    const name = nameOf(key);
    const first = entries.get(name)?.key;
    return first === key ? [] : [{ key: name, offset: start(key as Node), first: start(first) }];
  });
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function start(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}

function scalar({ value, source = '', type }: Scalar): unknown {
  if (value === null && source === '') return null;
  if (typeof value !== 'string') return new Written(source, value);
  return type === 'PLAIN' && /^(yes|no|on|off)$/i.test(value) ? new Written(value, value) : value;
}
