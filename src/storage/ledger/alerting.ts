import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { FileTexts } from '../../core/ports/alerting/file-texts.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { Database } from '../database/database.ts';
import { sqlFileTexts } from './alerts/file-texts.ts';
import { sqlAlerts } from './alerts/index.ts';
import { sqlOutbox } from './outbox/index.ts';

/** What only rules need of a ledger. */
export interface Alerting {
  readonly alerts: Required<AlertStore>;
  readonly outbox: Outbox;
  readonly texts: FileTexts;
}

export function openAlerting(database: Database, deps: { uuid(): string }): Alerting {
  return { alerts: sqlAlerts(database), outbox: sqlOutbox(database, deps), texts: sqlFileTexts(database) };
}
