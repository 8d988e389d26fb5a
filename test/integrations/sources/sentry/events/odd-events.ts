import type { Reading } from '../../../../../src/core/model/reading.ts';
import { event } from '../../../../support/sentry/pages.ts';

export const BOTH = { projects: ['crm-web', 'crm-api'] };

export function reasons({ gaps }: Reading): unknown[] {
  return gaps.map(({ part, reason, project }) => [part, reason, project]);
}

export function many(count: number, at = '04:00'): unknown[] {
  return Array.from({ length: count }, () => event(at));
}

export function counted({ totals }: Reading): unknown[] {
  return totals.map(({ project, events: count }) => [project, count]);
}
