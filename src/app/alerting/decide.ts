import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Decide } from '../../core/ports/alerting/decider.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { AlertingDeps } from './deps.ts';

export interface DeciderDeps extends Pick<AlertingDeps, 'now' | 'publicUrl' | 'hasPage' | 'tickets'> {
  inForce(): Pick<ReturnType<AlertingDeps['inForce']>, 'loadedAt'>;
  readonly outbox: Pick<Outbox, 'now'>;
}

/**
 * Decides by the files in force. Nothing of it is loaded before it is needed. NOTE: by the clock that all servers
 * share: by their own ones they would differ in what is late, and in whose files are newer.
 */
export function deciderOf(deps: DeciderDeps, alerts: AlertStore): Decide {
  return async (all) => {
    const { decideWindows } = await import('../../core/alerts/decide/decide-windows.ts');
    const { withTouched } = await import('./runs/with-touched.ts');
    return decideWindows(await withTouched(all, deps.tickets), {
      alerts,
      ...(await bySharedClock(deps)),
      pageOf: pageOf(deps),
    });
  };
}

/** What time it is, and when the files were read, by the ledger's clock, epoch ms. */
export async function bySharedClock({
  now,
  inForce,
  outbox,
}: DeciderDeps): Promise<{ readonly now: number; readonly loadedAt: number }> {
  const shared = await outbox.now();
  return { now: shared, loadedAt: inForce().loadedAt + shared - now() };
}

/** Address of a filter's page; null: there is none. */
export function pageOf({
  publicUrl,
  hasPage,
}: Pick<AlertingDeps, 'publicUrl' | 'hasPage'>): (filter: string) => string | null {
  return (filter) => (publicUrl === undefined || !hasPage ? null : `${publicUrl}/filters/${filter}`);
}

/** So of an issue's page. */
export function issuePageOf({
  publicUrl,
  hasPage,
}: Pick<AlertingDeps, 'publicUrl' | 'hasPage'>): (issueId: string) => string | null {
  return (id) => (publicUrl === undefined || !hasPage ? null : `${publicUrl}/issues/${encodeURIComponent(id)}`);
}
