import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Decide } from '../../core/ports/alerting/decider.ts';
import type { AlertingDeps } from './deps.ts';

/** Decides by the files in force. Nothing of it is loaded before it is needed. */
export function deciderOf(deps: AlertingDeps, alerts: AlertStore): Decide {
  const { now, inForce } = deps;
  return async (all) => {
    const { decideWindows } = await import('../../core/alerts/decide/decide-windows.ts');
    return decideWindows(all, { alerts, now: now(), loadedAt: inForce().loadedAt, pageOf: pageOf(deps) });
  };
}

/** Address of a filter's page; null: there is none. */
function pageOf({ publicUrl, hasPage }: AlertingDeps): (filter: string) => string | null {
  return (filter) => (publicUrl === undefined || !hasPage ? null : `${publicUrl}/filters/${filter}`);
}
