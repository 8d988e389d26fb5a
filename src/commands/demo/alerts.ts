import { SEVERITIES } from '../../core/model/alerting/rule.ts';

/** An alert as the answer of a post has it, as far as it is shown. */
export interface AlertBody {
  readonly severity: string;
  readonly rule: string;
  readonly filter: string;
  readonly subject: { readonly kind: string; readonly title: string };
  readonly why: string;
  readonly channels: Readonly<Record<string, { readonly status: string }>>;
}

/** Each with its reason, and what became of it at each channel; the worst first, whichever was decided first. */
export function alertsTable(alerts: readonly AlertBody[]): string {
  const rank = ({ severity }: AlertBody): number => SEVERITIES.findIndex((it) => it === severity);
  return alerts
    .toSorted((one, other) => rank(one) - rank(other))
    .map(alertLines)
    .join('\n');
}

function alertLines({ severity, rule, filter, subject, why, channels }: AlertBody): string {
  const about = subject.kind === 'filter' ? '' : `: ${subject.title}`;
  const fates = Object.entries(channels).map(([name, { status }]) => `${name} ${status}`);
  const lines = [`${rule} of ${filter}${about}`, `because ${why}`, fates.join(', ')];
  return lines.map((line, index) => `   ${(index === 0 ? severity : '').padEnd(10)}${line}`).join('\n');
}
