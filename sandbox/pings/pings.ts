import { type Answer, bare, json, type VendorRequest } from '../http/message.ts';
import type { Signal } from '../world/received.ts';
import type { State } from '../world/state.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SIGNALS: Readonly<Record<string, Signal>> = { '': 'success', start: 'start', fail: 'fail', log: 'log' };
const STATUSES: Readonly<Record<string, Signal>> = { in_progress: 'start', ok: 'success', error: 'fail' };

/**
 * A check of healthchecks.io: `/ping/{uuid}`, also with `/start`, `/fail` or `/log` behind it, and the `rid` of a run.
 * An id without a check gets a 200 there, too, and only its text says that nothing was taken.
 */
export function pingCheck(state: State, request: VendorRequest): Answer {
  const [, , id, last = ''] = request.path.split('/');
  const signal = SIGNALS[last];
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return bare(405);
  const text = { 'content-type': 'text/plain' };
  if (id === undefined || !UUID.test(id) || signal === undefined) return bare(404, 'not found', text);
  if (id !== state.keys.pingId) return bare(200, 'OK (not found)', text);
  const run = request.query.get('rid');
  if (run !== null && !UUID.test(run)) return bare(400, 'invalid uuid format', text);
  state.received.ping.pings.push({ n: request.n, of: 'check', signal, run, at: state.clock.now() });
  return bare(200, 'OK', { 'content-type': 'text/plain; charset=utf-8' });
}

/** A monitor of Sentry Crons: `/api/{project}/cron/{monitor}/{key}/?status=…`, with the `check_in_id` of a run. */
export function cronCheckIn(state: State, request: VendorRequest): Answer {
  const key = request.path.split('/')[5];
  const signal = STATUSES[request.query.get('status') ?? ''];
  const run = request.query.get('check_in_id');
  if (key !== state.keys.cronKey) return json(401, { detail: 'bad sentry key' });
  if (signal === undefined || (run !== null && !UUID.test(run))) return json(400, { detail: 'invalid check-in' });
  state.received.ping.pings.push({ n: request.n, of: 'cron', signal, run, at: state.clock.now() });
  return bare(202);
}
