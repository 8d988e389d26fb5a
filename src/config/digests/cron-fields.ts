import { quote } from '../formats.ts';
import { SentenceFault } from '../rules/words.ts';

/** A field of cron, and where it stands. */
export interface WrittenField {
  readonly word: string;
  readonly column: number;
}

interface Field {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { what: 'minute', min: 0, max: 59 },
  { what: 'hour', min: 0, max: 23 },
  { what: 'day of the month', min: 1, max: 31 },
  { what: 'month', min: 1, max: 12, names: MONTHS },
  // 7 is Sunday as well.
  { what: 'day of the week', min: 0, max: 7, names: WEEK },
];
/** The longest that each month can be. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The five fields as lists of numbers, or `*` where every value is meant: the same for what means the same. Throws a
 * SentenceFault.
 */
export function readFields(written: readonly WrittenField[]): string {
  const read = written.map((field, index) => valuesIn(field, FIELDS[index]!));
  const [, , days, months, week] = read.map((values) => [...values]) as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const isWeekFree = week.length === 7;
  if (isWeekFree && !months.some((month) => Math.min(...days) <= LENGTHS[month - 1]!))
    throw new SentenceFault(written[2]!.column, `${Math.min(...days)} is in none of these months; write another day`);
  return read.map((values, index) => textOf(values, FIELDS[index]!)).join(' ');
}

function textOf(values: ReadonlySet<number>, { min, max, names }: Field): string {
  const all = names === WEEK ? 7 : max - min + 1;
  return values.size === all ? '*' : [...values].sort((a, b) => a - b).join(',');
}

function valuesIn({ word, column }: WrittenField, field: Field): ReadonlySet<number> {
  let place = column;
  const all = word.split(',').flatMap((part) => {
    const values = partIn(part, place, field);
    place += part.length + 1;
    return values;
  });
  return new Set(field.names === WEEK ? all.map((day) => day % 7) : all);
}

/** `*`, `5`, `1-5`, and each of these but the second with a step: `* /15` without its blank. */
function partIn(part: string, column: number, field: Field): readonly number[] {
  const { what, min, max } = field;
  const [range = '', step, ...more] = part.split('/');
  const like = `write ${min} to ${max}, *, a span such as ${min}-${min + 3}, or a step such as */2`;
  if (more.length > 0 || range === '') throw new SentenceFault(column, `${quote(part)} is no ${what}; ${like}`);
  const [from, to] = range === '*' ? [min, max] : spanIn(range, column, field, like);
  if (step === undefined) return inSteps(from, to, 1);
  const at = column + range.length + 1;
  if (!/^[1-9]\d?$/.test(step)) throw new SentenceFault(at, `${quote(step)} is no step; write a number such as 2`);
  if (range !== '*' && !range.includes('-'))
    throw new SentenceFault(column, `${quote(part)} is a step of one value; write ${range}-${max}/${step}`);
  if (Number(step) > max - min) throw new SentenceFault(at, `${step} is too long a step; write at most ${max - min}`);
  return inSteps(from, range === '*' && field.names === WEEK ? 6 : to, Number(step));
}

function spanIn(range: string, column: number, field: Field, like: string): readonly [number, number] {
  const [first = '', second = first, ...more] = range.split('-');
  if (more.length > 0) throw new SentenceFault(column, `${quote(range)} is no span; ${like}`);
  const from = valueOf(first, column, field, like);
  const at = column + first.length + 1;
  const to = range.includes('-') ? valueOf(second, at, field, like) : from;
  if (to < from) throw new SentenceFault(at, `${quote(range)} ends before it begins; write two spans with a comma`);
  return [from, to];
}

function valueOf(word: string, column: number, { what, min, max, names = [] }: Field, like: string): number {
  const place = names.indexOf(word.toLowerCase().slice(0, 3));
  if (place >= 0 && /^[a-z]{3}$/i.test(word)) return place + min;
  if (!/^\d{1,4}$/.test(word)) throw new SentenceFault(column, `${quote(word)} is no ${what}; ${like}`);
  if (Number(word) < min || Number(word) > max)
    throw new SentenceFault(column, `${word} is no ${what}; write ${min} to ${max}`);
  return Number(word);
}

function inSteps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}
