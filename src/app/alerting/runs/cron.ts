import { faultOf } from '../../../core/model/errors.ts';
import { hasRules } from '../../../core/ports/alerting/decider.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import { type CronWatch, watchCron } from '../../../core/telling/own/watch-cron.ts';
import type { AlertingDeps } from '../deps.ts';
import type { Work } from '../work-due.ts';

/** So far back the ledger is asked for runs of other servers, ms. */
const REACH_MS = 60 * 60_000;

/** Watches that runs come, and tells of it past them. */
export function cronOf(deps: AlertingDeps, admin: Admin, work: Work): CronWatch {
  const { inForce, ledger, now, openScope } = deps;
  return watchCron({
    ...deps,
    isWanted: () => inForce().filters.some(hasRules),
    newestRun: async () => {
      const runs = (await ledger.readModel?.runs(now() - REACH_MS, 1)) ?? [];
      return runs.length === 0 ? null : Math.max(...runs.map(({ startedAt }) => startedAt));
    },
    async tell(kind, line) {
      if (!(await admin.tell(kind, line))) return admin.tellDirectly(kind, line);
      const scope = openScope();
      try {
        await work(scope);
      } catch (error) {
        scope.log.error({ error: faultOf(error).message }, 'channels not worked off');
      } finally {
        scope.close();
      }
    },
  });
}
