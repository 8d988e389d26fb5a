import type { Decided } from '../../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../../database/engine.ts';
import { writeTellings } from '../../outbox/tellings.ts';
import { writeAlerts, writeStates, writeTold } from '../decided.ts';
import { writeHeads } from '../heads.ts';

/** All that a decision leaves behind but its windows. NOTE: under the lock of its filters. */
export async function writeDecided(engine: Engine, decided: Decided): Promise<void> {
  await writeHeads(engine, decided.heads);
  await writeStates(engine, decided.states);
  await writeAlerts(engine, decided.alerts);
  await writeTellings(engine, decided.tellings);
  await writeTold(engine, decided.told);
}
