import { hasRules } from '../../core/ports/alerting/decider.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Draft } from '../make-parts.ts';

/** What rules should have around them, so that people hear of all there is to hear of. */
export function inspectAlerting({ config: { settings }, filters }: Draft): readonly Finding[] {
  if (settings === undefined || !filters.filters.some(hasRules)) return [];
  const finding = (variable: string, say: string): Finding => ({ check: 'alerts', status: 'warning', variable, say });
  return [
    ...(settings.adminChannel === undefined
      ? [finding('ADMIN_CHANNEL', "is not set: nobody is told of the service's own failures; name a channel")]
      : []),
    ...(settings.publicUrl === undefined
      ? [finding('PUBLIC_URL', 'is not set: alerts have no link to the page; write the address of this service')]
      : []),
    ...(settings.deadMansSwitch === undefined
      ? [
          finding(
            'HEARTBEAT_URL',
            "is not set: nobody hears when no run comes; write the address of a dead man's switch",
          ),
        ]
      : []),
  ];
}
