import { createHash } from 'node:crypto';
import { type Alert, subjectIn } from '../../../core/model/alerting/alert.ts';
import type { Message } from '../../../core/model/alerting/message.ts';

/** What an event does to which incident. */
export interface Incident {
  readonly action: 'trigger' | 'resolve';
  /** 64 characters. */
  readonly key: string;
}

/**
 * The incident of a message: of its one subject, as it is by the last of its windows; of several, which come together
 * when the budget is used up, of their rule, their filter, or all; of none, of its matter, or the message itself.
 */
export function incidentOf({ id, alerts, matter }: Pick<Message, 'id' | 'alerts' | 'matter'>): Incident {
  const subjects = new Set(alerts.map(subjectOf));
  if (alerts.length === 0)
    return { action: matter?.isOver === true ? 'resolve' : 'trigger', key: hash('message', matter?.key ?? id) };
  if (subjects.size > 1) return { action: 'trigger', key: hash('together', ...commonIn(alerts)) };
  const last = alerts.reduce((one, other) => (other.window.start >= one.window.start ? other : one));
  const isOver = last.state === 'resolved' || steadinessOf(last) === 'steady';
  return { action: isOver ? 'resolve' : 'trigger', key: hash([...subjects][0]!) };
}

/**
 * Filter, rule and subject: an alert's id without its episode, which keeps the name that the rule had when the episode
 * began. That something is unsteady is an incident of its own.
 */
function subjectOf(alert: Alert): string {
  const subject = subjectIn(alert.id);
  return steadinessOf(alert) === undefined ? subject : `${subject}/unsteady`;
}

function steadinessOf({ id }: Alert): string | undefined {
  return /\/(steady|unsteady)$/.exec(id.slice(id.lastIndexOf('@')))?.[1];
}

/** What these have in common. */
function commonIn(alerts: readonly Alert[]): readonly string[] {
  const filters = new Set(alerts.map(({ filter }) => filter));
  const rules = new Set(alerts.map(({ rule }) => rule));
  if (filters.size > 1) return [];
  return rules.size > 1 ? [...filters] : [...filters, ...rules];
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
