/** The few forms of NRQL that are generated, taken apart. Anything else throws. */
export interface Query {
  readonly select: readonly Selected[];
  /** An event type, or a nested query. */
  readonly from: string | Query;
  readonly where: readonly Condition[];
  readonly facet: readonly string[];
  /** Milliseconds. */
  readonly timeseries: number | undefined;
  readonly limit: number | 'MAX' | undefined;
  /** Milliseconds before now. */
  readonly since: number | undefined;
}

export interface Selected {
  readonly name: string;
  readonly call: Call;
}

export interface Call {
  readonly fn: string;
  /** `*` for all; a nested call for `filter`. */
  readonly of: string | Call;
  readonly where: readonly Condition[];
}

export interface Condition {
  readonly attribute: string;
  readonly op: '=' | '!=' | 'IN' | 'IS NOT NULL';
  readonly values: readonly (string | number)[];
}

/** Words of New Relic's list that need backticks as names, and two that are functions. */
const RESERVED = new Set(
  (
    'ago and as auto begin begintime compare day days end endtime explain facet from hour hours in is like limit minute minutes month ' +
    'months not null offset or raw second seconds select since timeseries until week weeks where with filter count'
  ).split(' '),
);

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

export function parseNrql(text: string): Query {
  const words = tokens(text);
  const query = queryIn(words);
  if (words.left() > 0) throw new Error(`not understood: ${words.next()} in ${text}`);
  return query;
}

/** Every query in it, the nested ones too. */
export function levelsOf(query: Query): readonly Query[] {
  return typeof query.from === 'string' ? [query] : [query, ...levelsOf(query.from)];
}

/** All attributes of records that the innermost query names. */
export function attributesOf(query: Query): readonly string[] {
  const inner = levelsOf(query).at(-1)!;
  const inCall = ({ of, where }: Call): readonly string[] => [
    ...(typeof of === 'string' ? [of] : inCall(of)),
    ...where.map(({ attribute }) => attribute),
  ];
  return [
    ...new Set([
      ...inner.select.flatMap(({ call }) => inCall(call)),
      ...inner.where.map(({ attribute }) => attribute),
      ...inner.facet,
    ]),
  ].filter((name) => name !== '*');
}

interface Words {
  next(): string;
  /** Takes the words if they come next. */
  take(...words: readonly string[]): boolean;
  need(...words: readonly string[]): void;
  left(): number;
}

function tokens(text: string): Words {
  const found = [...text.matchAll(/\s*('(?:\\.|[^'\\])*'|`[^`]+`|!=|[=(),*]|[A-Za-z_][\w.]*|-?\d+(?:\.\d+)?)/gy)];
  if (found.reduce((sum, [all]) => sum + all.length, 0) !== text.trimEnd().length)
    throw new Error(`not understood: ${text}`);
  const words = found.map(([, word]) => word!);
  const words_: Words = {
    next: () => words.shift() ?? '(end)',
    take: (...wanted) =>
      wanted.every((word, index) => words[index] === word) && words.splice(0, wanted.length).length > 0,
    need: (...wanted) => {
      if (!words_.take(...wanted))
        throw new Error(`${wanted.join(' ')} missing before ${words[0] ?? 'the end'} in ${text}`);
    },
    left: () => words.length,
  };
  return words_;
}

function queryIn(words: Words): Query {
  words.need('SELECT');
  const select = listOf(words, selected);
  words.need('FROM');
  const from = words.take('(') ? nested(words) : name(words);
  const where = words.take('WHERE') ? conditions(words) : [];
  const facet = words.take('FACET') ? listOf(words, name) : [];
  const timeseries = words.take('TIMESERIES') ? span(words) : undefined;
  const limit = words.take('LIMIT') ? limitIn(words) : undefined;
  const since = words.take('SINCE') ? span(words) : undefined;
  if (since !== undefined) words.need('ago');
  return { select, from, where, facet, timeseries, limit, since };
}

function nested(words: Words): Query {
  const inner = queryIn(words);
  words.need(')');
  return inner;
}

function listOf<T>(words: Words, one: (words: Words) => T): readonly T[] {
  const found = [one(words)];
  while (words.take(',')) found.push(one(words));
  return found;
}

function selected(words: Words): Selected {
  const call = callIn(words);
  const alias = words.take('AS') ? words.next() : call.fn;
  return { name: alias.replace(/^'(.*)'$/, '$1'), call };
}

function callIn(words: Words): Call {
  const fn = words.next();
  words.need('(');
  const of = fn === 'filter' ? callIn(words) : argument(words);
  const where = fn === 'filter' && words.take(',') ? (words.need('WHERE'), conditions(words)) : [];
  words.need(')');
  return { fn, of, where };
}

function argument(words: Words): string {
  return words.take('*') ? '*' : name(words);
}

function name(words: Words): string {
  const word = words.next();
  if (word.startsWith('`')) return word.slice(1, -1);
  if (!/^[A-Za-z_]/.test(word) || RESERVED.has(word.toLowerCase()))
    throw new Error(`${word} is no name without backticks`);
  return word;
}

function conditions(words: Words): readonly Condition[] {
  const found = [condition(words)];
  while (words.take('AND')) found.push(condition(words));
  return found;
}

function condition(words: Words): Condition {
  const attribute = name(words);
  if (words.take('IS', 'NOT', 'NULL')) return { attribute, op: 'IS NOT NULL', values: [] };
  if (words.take('IN')) {
    words.need('(');
    const values = listOf(words, literal);
    words.need(')');
    return { attribute, op: 'IN', values };
  }
  const op = words.next();
  if (op !== '=' && op !== '!=') throw new Error(`no such comparison: ${op}`);
  return { attribute, op, values: [literal(words)] };
}

function literal(words: Words): string | number {
  const word = words.next();
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  if (!/^-?\d/.test(word)) throw new Error(`${word} is no text and no number`);
  return Number(word);
}

function span(words: Words): number {
  const count = Number(words.next());
  const unit = UNITS[words.next()];
  if (!(count > 0) || unit === undefined) throw new Error('no span of time');
  return count * unit;
}

function limitIn(words: Words): number | 'MAX' {
  const word = words.next();
  if (word !== 'MAX' && !/^\d+$/.test(word)) throw new Error(`no limit: ${word}`);
  return word === 'MAX' ? 'MAX' : Number(word);
}
