import { namesOfRule } from '../../model/alerting/means-rule.ts';
import type { Mute, MuteEnd, MuteScope, Rule } from '../../model/alerting/rule.ts';
import { DAY_MS, HOUR_MS, isoOf, parseInstant } from '../../model/window.ts';
import { BadWords, bounded, checkKeys, countOf, quoted, textOf, type Words } from '../asked/words.ts';

/** What a mute may name. */
export interface Known {
  /** Watches stand among them, as they do in alerts. */
  readonly filters: readonly {
    readonly name: string;
    readonly alerts?: readonly Pick<Rule, 'name' | 'sentence'>[] | undefined;
  }[];
  /** Names. */
  readonly channels: readonly string[];
}

/** What is muted; one of them. */
export const WHAT = ['issue', 'rule', 'filter', 'channel', 'all'] as const;
/** When it ends; at most one of them. */
const ENDS = ['for', 'until', 'events', 'release', 'resolved'] as const;

/** Nobody forgets a mute for longer. */
const USUAL_MS = DAY_MS;
const LONGEST_MS = 366 * DAY_MS;
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: HOUR_MS, d: DAY_MS };

/**
 * A mute as somebody asks for it, with the keys that a file has, and `for`. It ends after 24 hours unless it says
 * otherwise. Throws a BadWords.
 */
export function readMute(words: Words, known: Known, now: number): Omit<Mute, 'id' | 'by'> {
  checkKeys(words, [...WHAT, ...ENDS, 'why']);
  const why = textOf(words, 'why');
  if (why === undefined) throw new BadWords('why is missing; write it for who comes across the mute');
  const [what, until] = [readScope(words, known), readEnd(words, now)];
  const isOfAlerts = what.kind === 'issue' || what.kind === 'rule' || what.kind === 'filter';
  if ((until.kind === 'release' || until.kind === 'resolved') && !isOfAlerts)
    throw new BadWords(`${until.kind} ends a mute of an issue, a rule or a filter; give another end`);
  return { what, until, why: bounded('why', why, 500), since: now };
}

/** What is muted, of whoever mutes or ends a mute. Throws a BadWords. */
export function readScope(words: Words, known: Known): MuteScope {
  const given = WHAT.filter((key) => words[key] !== undefined);
  const [kind] = given;
  if (kind === undefined) throw new BadWords(`says nothing to mute; write one of ${WHAT.join(', ')}`);
  if (given.length > 1) throw new BadWords(`says twice what to mute (${given.join(', ')}); keep one of them`);
  if (kind === 'all') return isTrue(words, 'all') ? { kind } : fail('all must be true; or leave it out');
  const name = bounded(kind, textOf(words, kind)!, 400);
  checkName(kind, name, known);
  return { kind, name };
}

function checkName(kind: Exclude<MuteScope['kind'], 'all' | 'page'>, name: string, { filters, channels }: Known): void {
  if (kind === 'issue') return void issueId(name);
  const names = { filter: filters.map((it) => it.name), channel: channels, rule: filters.flatMap(ruleNames) }[kind];
  if (names.includes(name)) return;
  const there = kind === 'rule' ? filters.flatMap(({ alerts = [] }) => alerts.map((it) => it.name)) : names;
  const listed = [...new Set(there)].join(', ');
  throw new BadWords(`no ${kind} is named ${quoted(name)}; there ${listed === '' ? 'is none' : `are ${listed}`}`);
}

/** An issue's id. Throws a BadWords. */
export function issueId(text: string): string {
  if (/^[\w:.-]{1,200}$/.test(text)) return text;
  throw new BadWords('issue is no id; write it as its address in Sentry ends');
}

function ruleNames({ name, alerts = [] }: Known['filters'][number]): readonly string[] {
  return alerts.flatMap((rule) => namesOfRule(name, [rule.name, rule.sentence]));
}

function readEnd(words: Words, now: number): MuteEnd {
  const given = ENDS.filter((key) => words[key] !== undefined);
  if (given.length > 1) throw new BadWords(`has several ends (${given.join(', ')}); keep one of them`);
  const [end] = given;
  if (end === undefined) return { kind: 'instant', at: now + USUAL_MS };
  switch (end) {
    case 'for':
      return { kind: 'instant', at: now + lengthOf(textOf(words, 'for')!) };
    case 'until':
      return { kind: 'instant', at: instantOf(textOf(words, 'until')!, now) };
    case 'events':
      return { kind: 'events', count: countOf(words, 'events', 1e9) };
    case 'release':
      return { kind: 'release', name: bounded('release', textOf(words, 'release')!, 200) };
    case 'resolved':
      return isTrue(words, 'resolved') ? { kind: 'resolved' } : fail('resolved must be true; or leave it out');
  }
}

/** Of a time as people write it, ms. Throws a BadWords. */
export function lengthOf(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? NaN);
  if (ms <= LONGEST_MS) return ms;
  throw new BadWords(`for: ${quoted(text)} is no time of at most a year; write one such as 30m, 4h or 2d`);
}

function instantOf(text: string, now: number): number {
  const at = parseInstant(text);
  const example = isoOf(Math.ceil((now + HOUR_MS) / HOUR_MS) * HOUR_MS);
  if (at === null) throw new BadWords(`until: ${quoted(text)} is no instant with a zone; write one such as ${example}`);
  if (at > now && at <= now + LONGEST_MS) return at;
  throw new BadWords(`until: ${text} is ${at > now ? 'over a year ahead' : 'over'}; write one such as ${example}`);
}

function isTrue(words: Words, key: string): boolean {
  return words[key] === true || words[key] === 'true';
}

function fail(text: string): never {
  throw new BadWords(text);
}
