import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Filter } from '../../core/model/filter.ts';
import { quote } from '../formats.ts';
import { alertOf } from './alert.ts';
import * as texts from './rules.ts';
import type { Check } from './rules.ts';
import type { Sheet } from './yaml.ts';

/** Notes what is wrong; what to do, at a node or line, else at the key. */
export type Report = (text: string, at?: Node | number) => void;

/** Reads the value of a key; undefined when it is at fault, and then it was reported. */
type Reader<T> = (value: Node, report: Report, sheet: Sheet) => T | undefined;

/** How each key of a filter is read. */
export const KEYS: { readonly [K in keyof Filter]-?: Reader<NonNullable<Filter[K]>> } = {
  name: textOf(texts.name),
  projects: listOf(texts.project, 1),
  environments: listOf(texts.environment, 0),
  levels: listOf(texts.level, 0),
  searchTerms: listOf(texts.term, 0),
  exclude: listOf(texts.term, 0),
  query: textOf(
    (text) => texts.query(text.trim()),
    (text) => text.trim(),
  ),
  tags: listOf(texts.tag, 0),
  top: wholeNumber,
  team: textOf(texts.line(100)),
  labels: labelsOf,
  runbook: textOf(texts.webAddress),
  sinks: listOf(texts.line(100), 1),
  alert: alertOf,
};

export type Key = keyof Filter;

export const KEY_NAMES = Object.keys(KEYS) as readonly Key[];

export function isKey(key: string): key is Key {
  return Object.hasOwn(KEYS, key);
}

function textOf(check: Check, clean: (text: string) => string = (text) => text): Reader<string> {
  return (value, report) => {
    const judged = judge(value, check);
    if ('text' in judged) return clean(judged.text);
    report(judged.fault);
    return undefined;
  };
}

type Judged = { readonly text: string } | { readonly fault: string };

function judge(node: Node, check: Check): Judged {
  if (isSeq(node)) return { fault: 'must be a text, not a list; write one text' };
  if (!isScalar(node)) return { fault: 'must be a text, not a map; put it in quotes if it has a colon' };
  const text = typeof node.value === 'string' ? node.value : written(node);
  const kind = otherThanText(node);
  const unquoted =
    kind === undefined ? undefined : `${quote(text).slice(1, -1)} is ${kind}; write it in quotes: ${quote(text)}`;
  const fault = texts.wellFormed(text) ?? check(text) ?? unquoted;
  return fault === undefined ? { text } : { fault };
}

/** What YAML, or the older YAML of other tools, takes a scalar for when it is not in quotes. */
function otherThanText({ value, type }: Scalar): string | undefined {
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'a yes or no';
  if (value === null) return 'an empty value';
  return type === 'PLAIN' && /^(yes|no|on|off)$/i.test(value as string) ? 'a yes or no' : undefined;
}

/** As in the file; the parser always keeps it. */
function written({ source }: Scalar): string {
  return source ?? '';
}

function listOf(check: Check, atLeast: 0 | 1): Reader<readonly string[]> {
  return (value, report, sheet) => {
    if (!isSeq(value)) {
      report(`must be a list; write ${isScalar(value) ? `[${quote(written(value))}]` : 'its entries between [ and ]'}`);
      return undefined;
    }
    if (value.items.length < atLeast) report('is an empty list; write at least one entry');
    const seen = new Set<string>();
    for (const item of value.items) addTo(seen, item as Node, check, report, sheet);
    return [...seen];
  };
}

function addTo(seen: Set<string>, item: Node, check: Check, report: Report, sheet: Sheet): void {
  const node = sheet.follow(item);
  if (node === null || isEmpty(node)) return report('an entry is empty; write a text or remove it', item);
  const judged = judge(node, check);
  if ('fault' in judged) return report(judged.fault, item);
  if (seen.has(judged.text)) return report(`${quote(judged.text)} is listed twice; remove one`, item);
  seen.add(judged.text);
}

/** Nothing is written at all; a written `null` or `~` is not empty. */
export function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}

function wholeNumber(value: Node, report: Report): number | undefined {
  const number = isScalar(value) ? value.value : undefined;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 100) return number;
  report('must be a whole number from 1 to 100; write digits only, without quotes');
  return undefined;
}

function labelsOf(value: Node, report: Report, sheet: Sheet): Readonly<Record<string, string>> | undefined {
  if (!isMap(value)) {
    report('must be a map; write { name: value }');
    return undefined;
  }
  const entries = sheet.entries(value, ({ line, text }) => report(text, line));
  const labels = entries.map(({ key, line, value: node }) => [key, labelIn(key, node, (text) => report(text, line))]);
  // NOTE: fromEntries makes own properties whatever their names; an assignment would not.
  return Object.fromEntries(labels) as Record<string, string>;
}

function labelIn(key: string, node: Node | null, report: (text: string) => void): string | undefined {
  const judged = judgeLabel(key, node);
  if ('text' in judged) return judged.text;
  report(judged.fault);
  return undefined;
}

function judgeLabel(key: string, node: Node | null): Judged {
  const keyFault = texts.labelKey(key);
  if (keyFault !== undefined) return { fault: keyFault };
  if (!isScalar(node) || node.value === null)
    return { fault: `${quote(key)} must be a text, a number, true or false; write one` };
  // As written: 1.10 is a version, not 1.1.
  const text = typeof node.value === 'number' ? written(node) : `${node.value as string | boolean}`;
  const fault = texts.wellFormed(text) ?? texts.labelValue(text);
  return fault === undefined ? { text } : { fault: `${quote(key)}: ${fault}` };
}
