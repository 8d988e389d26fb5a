import type { InForce } from '../config/reload/in-force.ts';
import type { Clock } from '../core/ports/clock.ts';
import { DEAD_MANS_SWITCH } from '../integrations/observers/dead-mans-switch/index.ts';
import type { Metrics } from '../integrations/observers/metrics/index.ts';
import { isDoneWithin } from '../platform/done-within.ts';
import type { Alerting } from './alerting/index.ts';
import { isWanted } from './alerting/wanted.ts';
import type { Parts } from './make-parts.ts';

/** A ledger that has not answered who asks for metrics within this is called down, ms. */
const LEDGER_UP_MS = 2_000;

/** What metrics know before anything is counted. */
export function tellKnown(
  { settings, sources, sinks, ledger, log }: Parts,
  metrics: Metrics | undefined,
  clock: Clock,
): void {
  const names = sinks.map(({ name }) => name);
  const vendors = [
    ...sources.map(({ name }) => name),
    ...names,
    ...(settings.deadMansSwitch === undefined ? [] : [DEAD_MANS_SWITCH]),
  ];
  const isLedgerUp = async (): Promise<boolean> => {
    const health = ledger.health();
    return (await isDoneWithin(LEDGER_UP_MS, health, clock)) && (await health) === 'ready';
  };
  metrics?.know({ vendors, sinks: names, log, ...(ledger.backlog === undefined ? {} : { isLedgerUp }) });
}

/** Whom metrics count messages of, where anybody is to be told anything. */
export function tellPeople(
  { channels, settings }: Parts,
  metrics: Metrics | undefined,
  alerting: Alerting | undefined,
  inForce: InForce,
): void {
  if (alerting === undefined || !isWanted(inForce, settings.adminChannel)) return;
  metrics?.people({ channels: channels.map(({ channel }) => channel.name), tally: alerting.told.tally });
}
