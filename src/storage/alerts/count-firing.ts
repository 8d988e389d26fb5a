import type { Alert } from '../../core/model/alerting/alert.ts';
import { type Severity, SEVERITIES } from '../../core/model/alerting/rule.ts';

/** By severity, those without any included. */
export function countFiring(alerts: readonly Pick<Alert, 'severity'>[]): Readonly<Record<Severity, number>> {
  const counts = SEVERITIES.map((severity) => [severity, alerts.filter((it) => it.severity === severity).length]);
  return Object.fromEntries(counts) as Record<Severity, number>;
}
