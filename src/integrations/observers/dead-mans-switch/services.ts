import type { RunOutcome } from '../../../core/model/verdict.ts';
import type { HttpAnswer } from '../../../platform/http/client.ts';
import { shortWords } from '../../../platform/http/failure.ts';
import type { Redact } from '../../../platform/redact.ts';

export type Stage = 'start' | RunOutcome;

interface Target {
  readonly path: string;
  readonly params: readonly (readonly [string, string])[];
}

/** How one is told, and what it answers. */
export interface Service {
  target(path: string, stage: Stage, runId: string): Target;
  /** It keeps a text with a ping. */
  readonly takesText: boolean;
  /** NOTE: only the documented answer counts: others come with a 200 as well, from it or from what stands before it. */
  took(answer: HttpAnswer): boolean;
}

/** `/api/<project>/cron/<monitor>/<key>/` */
const CRONS = /\/api\/\d+\/cron\/[^/]+(\/[^/]+)?\/?$/;

const crons: Service = {
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
  takesText: false,
  took: ({ status }) => status === 202,
};

/** What a check says of a ping that it took, by status. */
const GOOD: Readonly<Record<number, readonly string[]>> = { 200: ['OK'], 201: ['Created', 'OK'] };

const check: Service = {
  /** `rid` does the same there. */
  target: (path, stage, runId) => {
    const end = { start: '/start', ok: '', partial: '/fail', failed: '/fail' }[stage];
    return { path: path.replace(/\/+$/, '') + end, params: [['rid', runId]] };
  },
  takesText: true,
  // 201: the ping created its check (`?create=1`).
  took: ({ status, text }) => (GOOD[status] ?? []).includes(text.trim()),
};

/** By its path. */
export function serviceAt({ pathname }: URL): Service {
  return isCron(pathname) ? crons : check;
}

/** A path of Sentry Crons. */
export function isCron(pathname: string): boolean {
  return CRONS.test(pathname);
}

const UUID = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/*$/i;

/** Certainly a check of healthchecks.io, of a server of one's own too. */
export function isCheck({ hostname, pathname }: URL): boolean {
  return !isCron(pathname) && (hostname === 'hc-ping.com' || UUID.test(pathname));
}

/** An answer with a good status that is not the service's documented one for what was taken. */
export function unlike({ status, text }: HttpAnswer, redact: Redact): string {
  const words = shortWords(text, redact);
  return `answered ${status}${words === '' ? '' : `: ${words}`}; that is not the answer to a ping that counts`;
}
