import type { ServerResponse } from 'node:http';
import type { RangeResult } from '../../core/backfill/fill-range.ts';
import { troubleIn } from '../../core/delivery/receipt.ts';
import type { Stop } from '../../core/model/aftermath.ts';
import type { RunResult } from '../../core/model/results.ts';
import { END_WORDS, type Verdict } from '../../core/model/verdict.ts';
import type { FiltersInForce } from '../../core/ports/filters-in-force.ts';
import type { Redact } from '../../platform/redact.ts';
import { WHY, whyLine } from '../http/why.ts';

/**
 * Puts the reason into the header, where something is to be mended: in the run (`why`), or in filters files, of which
 * nobody else may hear when the run itself went well.
 */
export function sayWhy(
  response: ServerResponse,
  { http }: Pick<Verdict, 'http'>,
  { why, faults, redact }: { readonly why: string; readonly faults: FiltersInForce['faults']; readonly redact: Redact },
): void {
  const isWell = http === 200 || http === 202;
  const reasons = [...(isWell ? [] : [why]), ...faults.map(({ where, text }) => `${where}: ${text}`)];
  if (reasons.length > 0) response.setHeader(WHY, whyLine(redact(reasons.join(' | '))));
}

/**
 * Why a run is not wholly well, for a person: what cut it short, then each reason of a filter, then each of a sink,
 * with how many filters have it. '' when there is nothing to tell.
 */
export function whyOf({ end, reports }: Pick<RunResult, 'end' | 'reports'>): string {
  const own = end === null ? [] : [END_WORDS[end]];
  const faults = reports.flatMap(({ fault }) => fault?.message ?? []);
  const sinks = reports.flatMap((report) =>
    Object.entries(report.sinks).flatMap(([name, receipt]) => troubleIn(name, receipt) ?? []),
  );
  return reasonsIn(own, [...faults, ...sinks], 'filters');
}

/** The same of a span of windows, with how many of them have it. */
export function whyOfRange({ windows, rest, tooOld }: Pick<RangeResult, 'windows' | 'rest' | 'tooOld'>): string {
  const own = rest.stopped === null ? [] : [STOP_WORDS[rest.stopped]];
  const errors = windows.flatMap(({ error }) => error ?? []);
  const old = tooOld.map(({ sink, reports }) => `${sink}: ${reports} reports are too old for it`);
  return reasonsIn(own, [...errors, ...old], 'windows');
}

const STOP_WORDS: Readonly<Record<Stop, string>> = {
  ...END_WORDS,
  trouble: 'stopped after trouble in three windows in a row',
  ledger: 'the ledger cannot be reached',
};

/** Each text once, with how often it stands there. What `own` says is not said again. */
function reasonsIn(own: readonly string[], texts: readonly string[], counted: string): string {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  const others = [...times].filter(([text]) => !own.includes(text));
  const said = others.map(([text, count]) => shorter(count === 1 ? text : `${text} (${count} ${counted})`));
  return [...own, ...said].join(' | ');
}

/** `newrelic: answered 403: Forbidden` → `newrelic: 403 Forbidden` */
function shorter(text: string): string {
  return text.replace(/: answered (\d{3})\b[:;]?/, ': $1');
}
