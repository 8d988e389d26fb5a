import type { Severity } from '../../model/alerting/rule.ts';
import type { Pressed } from '../../ports/alerting/desk.ts';

/**
 * Why this person may not do that; null: may. Who is named may do everything. Where nobody is, everybody of the
 * organization may have tickets made, and mute what is not critical for an hour at most.
 */
export function whyNot(
  { act, who }: Pick<Pressed, 'act' | 'who'>,
  severity: Severity,
  users: readonly string[] | null,
): string | null {
  if (users !== null) return users.includes(who.id) ? null : 'you are not among the slackUsers of this channel';
  if (who.isStranger) return 'you are of another organization, and slackUsers names nobody';
  if (act.kind !== 'mute') return null;
  if (severity === 'critical') return 'what is critical is muted by those alone whom slackUsers names';
  return act.end === '1h' ? null : 'for more than an hour it is muted by those alone whom slackUsers names';
}
