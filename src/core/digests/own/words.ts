import { ageText } from '../../alerts/words/times.ts';
import { sizeText } from '../../model/events/room.ts';
import type { OwnChannel, OwnJob, OwnReport, OwnWatch } from '../../model/alerting/own-report.ts';
import { many, number } from '../words/counts.ts';
import { shortTitle } from '../words/parts.ts';
import { type ZoneWords, zoneWords } from '../words/times.ts';

/** All that the report of the service says, in plain text: what is to be looked at comes first. */
export function ownLines(report: OwnReport): readonly string[] {
  const { name, slot, zone, late, findings, unknown } = report;
  const words = zoneWords(zone);
  return [
    `${late ? 'Late: ' : ''}${name}: sentry-monitor, ${stateText(report)}, up to ${words.instant(slot.end)}`,
    `From ${words.instant(slot.start)} to ${words.instant(slot.end)} ${zone}`,
    ...findings.map((it) => `- look at: ${it}`),
    ...runsLine(report, words),
    ...part('Jobs', report.jobs, (job) => jobText(job, words)),
    ...part('Watches', report.watches, watchText),
    ...part(
      'Certificates',
      report.certificates,
      ({ watch, days, ends }) => `${watch}: ${many(days, 'day')} left, until ${ends}`,
    ),
    ...part('Messages', report.messages, channelText),
    ...part(
      'Not read',
      report.rejects,
      ({ intake, rejects, notes }) => `${intake}: ${many(rejects, 'record')}, ${many(notes, 'remark')}`,
    ),
    ...sizeLines(report),
    ...unknown.map((it) => `Not known: ${it}`),
    versionsLine(report),
  ];
}

function stateText({ findings, unknown }: OwnReport): string {
  if (findings.length > 0) return `${many(findings.length, 'thing')} to look at`;
  return unknown.length > 0 ? 'not all of it is known' : 'all is in order';
}

function part<T>(title: string, all: readonly T[] | null, text: (one: T) => string): readonly string[] {
  return all === null || all.length === 0 ? [] : [`${title}:`, ...all.map((one) => `- ${text(one)}`)];
}

function runsLine({ runs }: OwnReport, words: ZoneWords): readonly string[] {
  if (runs === null) return [];
  const { count, partial, failed, open, last } = runs;
  const odd = [
    ...(partial === 0 ? [] : [`${number(partial)} in part`]),
    ...(failed === 0 ? [] : [`${number(failed)} failed`]),
    ...(open === 0 ? [] : [`${number(open)} without an end`]),
  ];
  const newest = last === null ? '' : `; the last at ${words.instant(last)}`;
  return [`Runs: ${number(count)}${odd.length === 0 ? '' : `, of these ${odd.join(', ')}`}${newest}`];
}

function jobText({ kind, name, lastSuccess, lastFailure, failing, detail, server }: OwnJob, words: ZoneWords): string {
  const good = lastSuccess === null ? 'no success is known' : `last success ${words.instant(lastSuccess)}`;
  const bad = lastFailure === null ? '' : `, last failure ${words.instant(lastFailure)}`;
  const said = failing || kind === 'backup' ? `: ${shortTitle(detail)} (${server})` : '';
  return `${kind} ${name}: ${good}${bad}${said}`;
}

function watchText({ name, value, ageMs, old, fault }: OwnWatch): string {
  const is =
    value === null ? `no answer yet, for ${ageText(ageMs)}` : `${shortTitle(String(value))}, ${ageText(ageMs)} old`;
  return `${name}: ${is}${old ? ', too old' : ''}${fault === null ? '' : `; the last look: ${shortTitle(fault)}`}`;
}

function channelText({ channel, ...counts }: OwnChannel): string {
  const said = (
    [
      [counts.refused, 'refused'],
      [counts.givenUp, 'given up'],
      [counts.uncertain, 'of unknown fate'],
      [counts.waiting, 'waiting'],
      [counts.held, 'held back'],
    ] as const
  ).flatMap(([count, what]) => (count === 0 ? [] : [`${number(count)} ${what}`]));
  return `${channel}: ${[`${number(counts.sent)} sent`, ...said].join(', ')}`;
}

function sizeLines({ ledger, disk }: OwnReport): readonly string[] {
  const free = ledger?.free == null || ledger.free === 0 ? '' : `, of these ${sizeText(ledger.free)} free`;
  return [
    ...(ledger === null ? [] : [`Ledger: ${ledger.kind}, ${sizeText(ledger.bytes)}${free}`]),
    ...(disk === null ? [] : [`Disk: ${sizeText(disk.free)} of ${sizeText(disk.bytes)} free`]),
  ];
}

function versionsLine({ versions: { program, node, schema } }: OwnReport): string {
  return `Versions: sentry-monitor ${program}, Node ${node}${schema === null ? '' : `, tables ${schema}`}`;
}
