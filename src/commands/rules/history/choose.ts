import type { Program } from '../../../app/assemble.ts';
import { type KeptHistory, keptHistory } from '../../../core/alerts/trial/kept-history.ts';
import { withLeadIn } from '../../../core/alerts/trial/lead-in.ts';
import { faultOf, LedgerTrouble } from '../../../core/model/errors.ts';
import type { WindowFacts } from '../../../core/model/alerting/facts.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { HOUR_MS, isoOf, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { AlertStore } from '../../../core/ports/alerting/alert-store.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { readSeries, seriesOf } from './read-series.ts';

/** Windows to try rules on. */
export interface History {
  readonly basis: 'ledger' | 'sentry';
  /** Of the span, and of some time before it. */
  readonly facts: readonly WindowFacts[];
  /** For people: why this basis, and what it does not know. */
  readonly notes: readonly string[];
  /** Filters of which nothing could be read, and why. */
  readonly unread: ReadonlyMap<string, string>;
}

export interface Asking {
  readonly scope: Scope;
  onRead(): void;
}

/**
 * What is known of the filters' windows in the span: from the ledger where it holds them, else from the source's own
 * series. Of all filters the same, so that their messages can be told together.
 */
export async function chooseHistory(
  filters: readonly Filter[],
  span: Window,
  program: Program,
  asking: Asking,
): Promise<History> {
  const { ledger } = program;
  const { alerts } = ledger;
  if (ledger.backlog === undefined || alerts === undefined)
    return fromSource(filters, { span, program, asking }, 'there is no ledger');
  const kept = await keptOf(filters, withLeadIn(span, filters), alerts);
  if (kept instanceof LedgerTrouble) return fromSource(filters, { span, program, asking }, awayText(kept));
  const around = { span, program, asking };
  const young = await youngest(filters, kept, around);
  if (young !== undefined) return fromSource(filters, around, young);
  const notes = filters.flatMap((filter) => [...notesOn(filter, kept.get(filter.name)!, span), ...shortOn(filter)]);
  return { basis: 'ledger', facts: [...kept.values()].flatMap(({ facts }) => facts), notes, unread: new Map() };
}

/** By filter; or why the ledger cannot say. */
async function keptOf(
  filters: readonly Filter[],
  span: Window,
  alerts: AlertStore,
): Promise<ReadonlyMap<string, KeptHistory> | LedgerTrouble> {
  const kept = new Map<string, KeptHistory>();
  try {
    for (const filter of filters) kept.set(filter.name, await keptHistory(filter, span, alerts));
    return kept;
  } catch (error) {
    if (error instanceof LedgerTrouble) return error;
    throw error;
  }
}

function awayText({ message }: LedgerTrouble): string {
  return `the ledger cannot be reached: ${message}`;
}

interface Around {
  readonly span: Window;
  readonly program: Program;
  readonly asking: Asking;
}

/** Why the ledger does not hold the windows; undefined: it does. */
async function youngest(
  filters: readonly Filter[],
  kept: ReadonlyMap<string, KeptHistory>,
  { span, program: { sourceOf }, asking: { scope } }: Around,
): Promise<string | undefined> {
  for (const filter of filters) {
    const { from, facts } = kept.get(filter.name)!;
    if (from !== null && from <= span.start + HOUR_MS) continue;
    const text = from === null ? 'holds nothing' : `holds windows from ${isoOf(from).slice(0, 16)}Z on alone`;
    const why = `the ledger ${text} of what the rules of ${filter.name} need`;
    if (from === null) return why;
    const before = { start: span.start, end: from };
    // What it holds by totals alone tells that there was something.
    const isBefore = ({ start }: Window): boolean => start >= before.start && start < before.end;
    if (facts.some(({ window, events }) => isBefore(window) && events > 0)) return why;
    if (await hadEvents(filter, before, sourceOf(filter), scope)) return why;
  }
  return undefined;
}

/** A source that cannot say has nothing better either. */
async function hadEvents(...[filter, span, source, scope]: Parameters<typeof seriesOf>): Promise<boolean> {
  try {
    return (await seriesOf(filter, span, source, scope)).some(({ events }) => events > 0);
  } catch {
    return false;
  }
}

async function fromSource(
  filters: readonly Filter[],
  { span, program, asking }: Around,
  why: string,
): Promise<History> {
  const facts: WindowFacts[] = [];
  const notes = [why, ...filters.flatMap(shortOn)];
  const unread = new Map<string, string>();
  for (const filter of filters) {
    try {
      const found = await readSeries(filter, withLeadIn(span, filters), program, asking);
      facts.push(...found.facts);
      notes.push(...[...found.notes, ...unseen(filter)].map((note) => `${filter.name}: ${note}`));
    } catch (error) {
      unread.set(filter.name, faultOf(error).message);
    }
  }
  return { basis: 'sentry', facts, notes, unread };
}

/** Days before the first window are in no trial. */
function shortOn({ name, alerts = [] }: Filter): readonly string[] {
  const tops = alerts.filter(({ condition }) => condition.kind === 'top');
  return tops.map(({ sentence }) => `${name}: "${sentence}" counts only the days that are tried`);
}

/** What a series cannot tell. */
function unseen({ alerts = [] }: Filter): readonly string[] {
  const users = alerts.filter(({ condition }) => condition.kind === 'users');
  const names = users.map(({ sentence }) => `"${sentence}"`).join(', ');
  return users.length === 0 ? [] : [`a series has no users, so ${names} cannot be tried on it`];
}

function notesOn({ name }: Filter, { facts }: KeptHistory, { start, end }: Window): readonly string[] {
  const missing = (end - start) / PERIOD_MS - facts.filter(({ window }) => window.start >= start).length;
  return missing === 0 ? [] : [`${name}: ${missing} windows were not counted`];
}
