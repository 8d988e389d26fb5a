import { faultOf } from '../../core/model/errors.ts';
import type { RunOutcome } from '../../core/model/verdict.ts';
import { ofPlainRuns, type RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Http } from '../../platform/http/client.ts';

type Stage = 'start' | RunOutcome;

/** Name for logs and metrics. */
export const PING = 'ping';

/** For one try, ms; there are two. The run has long gone on. */
const TIMEOUT_MS = 5_000;

/**
 * A dead man's switch elsewhere: a service that alarms when it hears nothing. Checks of healthchecks.io, or Sentry's
 * Crons, which are known by their path. The address is a secret: whoever has it can say that all is well.
 */
export function ping(address: string, http: Http): RunListener {
  const url = new URL(address);
  const target = CRONS.test(url.pathname) ? cronsTarget : checkTarget;
  const beginnings = new Map<string, Promise<void>>();
  const send = async (stage: Stage, scope: Scope): Promise<void> => {
    const { path, params } = target(url.pathname, stage, scope.runId);
    try {
      await http({
        service: PING,
        method: 'GET',
        url: url.origin + path,
        params: [...url.searchParams, ...params],
        headers: {},
        timeoutMs: TIMEOUT_MS,
        tries: 2,
        repeatSafe: true,
        secrets: [address],
        scope,
      });
    } catch (error) {
      scope.log.error({ stage, error: faultOf(error).message }, 'ping not taken; check HEARTBEAT_URL');
    }
  };
  return ofPlainRuns({
    name: PING,
    begun: (scope) => {
      const { runId } = scope;
      const told = send('start', scope).finally(() => beginnings.delete(runId));
      beginnings.set(runId, told);
      return told;
    },
    // A beginning that came after its end would stay open for ever.
    ended: async ({ outcome }, scope) => {
      await beginnings.get(scope.runId);
      await send(outcome, scope);
    },
  });
}

interface Target {
  readonly path: string;
  readonly params: readonly (readonly [string, string])[];
}

/** `/api/<project>/cron/<monitor>/<key>/` */
const CRONS = /\/api\/\d+\/cron\/[^/]+(\/[^/]+)?\/?$/;

/** The check-in's id joins beginning and end, also when runs of several servers overlap. */
function cronsTarget(path: string, stage: Stage, runId: string): Target {
  const status = { start: 'in_progress', ok: 'ok', partial: 'error', failed: 'error' }[stage];
  return {
    path,
    params: [
      ['check_in_id', runId],
      ['status', status],
    ],
  };
}

/** `rid` does the same there. */
function checkTarget(path: string, stage: Stage, runId: string): Target {
  const end = { start: '/start', ok: '', partial: '/fail', failed: '/fail' }[stage];
  return { path: path.replace(/\/+$/, '') + end, params: [['rid', runId]] };
}
