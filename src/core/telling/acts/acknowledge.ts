import { shortText } from '../../alerts/words/clean-text.ts';
import type { Alert } from '../../model/alerting/alert.ts';
import type { AlertStore } from '../../ports/alerting/alert-store.ts';
import { type ActDeps, type Done, keepDone } from './done.ts';

/** Later than any window. */
const FAR = Number.MAX_SAFE_INTEGER;
/** Characters of an alert's subject. */
const SUBJECT = 120;

/** Somebody is at it: it is not told again until it is over. Who says so first is the one. */
export async function acknowledge(
  { alertId, by }: { readonly alertId: string; readonly by: string },
  deps: ActDeps & { readonly alerts: AlertStore },
): Promise<Done> {
  const alert = await firingAlert(alertId, deps.alerts);
  if (alert === undefined) return { fault: 'This alert is over, or was never firing: there is nothing to be at.' };
  const known = (await deps.outbox.acknowledged([alertId])).get(alertId);
  if (known !== undefined) return known;
  return keepDone({ kind: 'acknowledge', by, target: alertId, text: alertText(alert) }, deps);
}

/** Undefined: none of this id lasts. */
export async function firingAlert(alertId: string, alerts: AlertStore): Promise<Alert | undefined> {
  // Its id begins with its filter.
  const filter = alertId.split('/', 1)[0]!;
  const found = await alerts.look((trx) => trx.alerts([{ filter, at: FAR }]));
  return found.get(filter)?.find(({ alert }) => alert.id === alertId && alert.state === 'firing')?.alert;
}

/** What it says of what. */
export function alertText({ rule, filter, subject }: Alert): string {
  const about = subject.kind === 'filter' ? '' : `, ${shortText(subject.title, SUBJECT)}`;
  return `${rule} of ${filter}${about}`;
}
