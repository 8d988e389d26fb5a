import { faultOf } from '../../core/model/errors.ts';
import type { RunOutcome } from '../../core/model/verdict.ts';
import { ofPlainRuns, type RunListener } from '../../core/ports/run-listener.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Http, HttpAnswer } from '../../platform/http/client.ts';
import { shortWords } from '../../platform/http/failure.ts';
import type { Redact } from '../../platform/redact.ts';

type Stage = 'start' | RunOutcome;

/** Name for logs and metrics. */
export const PING = 'ping';

/** For one try, ms; there are two. The run has long gone on. */
const TIMEOUT_MS = 5_000;

export interface PingDeps {
  readonly http: Http;
  readonly redact: Redact;
}

/**
 * A dead man's switch elsewhere: a service that alarms when it hears nothing. Checks of healthchecks.io, or Sentry's
 * Crons, which are known by their path. The address is a secret: whoever has it can say that all is well.
 */
export function ping(address: string, { http, redact }: PingDeps): RunListener {
  const url = new URL(address);
  const { target, took } = CRONS.test(url.pathname) ? crons : check;
  const beginnings = new Map<string, Promise<void>>();
  const send = async (stage: Stage, scope: Scope): Promise<void> => {
    const { path, params } = target(url.pathname, stage, scope.runId);
    const notTaken = (error: string): void => scope.log.error({ stage, error }, 'ping not taken; check HEARTBEAT_URL');
    try {
      const answer = await http({
        service: PING,
        method: 'GET',
        url: url.origin + path,
        isSecretUrl: true,
        params: [...url.searchParams, ...params],
        headers: {},
        timeoutMs: TIMEOUT_MS,
        tries: 2,
        repeatSafe: true,
        secrets: [address],
        scope,
      });
      if (!took(answer)) notTaken(unlike(answer, redact));
    } catch (error) {
      notTaken(faultOf(error).message);
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

/** An answer with a good status that is not the service's documented one for what was taken. */
function unlike({ status, text }: HttpAnswer, redact: Redact): string {
  const words = shortWords(text, redact);
  return `${PING}: answered ${status}${words === '' ? '' : `: ${words}`}; that is not the answer to a ping that counts`;
}

interface Target {
  readonly path: string;
  readonly params: readonly (readonly [string, string])[];
}

/** A kind of service. */
interface Kind {
  target(path: string, stage: Stage, runId: string): Target;
  /** NOTE: only the documented answer counts: others come with a 200 as well, from it or from what stands before it. */
  took(answer: HttpAnswer): boolean;
}

/** `/api/<project>/cron/<monitor>/<key>/` */
const CRONS = /\/api\/\d+\/cron\/[^/]+(\/[^/]+)?\/?$/;

const crons: Kind = {
  /** The check-in's id joins beginning and end, also when runs of several servers overlap. */
  target: (path, stage, runId) => {
    const status = { start: 'in_progress', ok: 'ok', partial: 'error', failed: 'error' }[stage];
    return {
      path,
      params: [
        ['check_in_id', runId],
        ['status', status],
      ],
    };
  },
  took: ({ status }) => status === 202,
};

const check: Kind = {
  /** `rid` does the same there. */
  target: (path, stage, runId) => {
    const end = { start: '/start', ok: '', partial: '/fail', failed: '/fail' }[stage];
    return { path: path.replace(/\/+$/, '') + end, params: [['rid', runId]] };
  },
  // A check that the ping created (`?create=1`) is answered with 201.
  took: ({ status, text }) => (status === 201 ? text.trim() === 'Created' : status === 200 && text.trim() === 'OK'),
};
