import { UpstreamError } from '../../../core/model/errors.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { shortWords } from '../../../platform/http/failure.ts';
import { askSwitch, DEAD_MANS_SWITCH, type SwitchDeps, VARIABLE } from './ask-switch.ts';
import { isCheck, isCron } from './services.ts';

const CHECK = "dead man's switch";
/** Behind the address of a check: what a ping of ours adds itself, or would be taken for one. */
const STAGES = /\/(start|fail|log|\d{1,3})\/*$/;

/** What is wrong with the address itself. */
export function inspectAddress(address: string): readonly Finding[] {
  const { pathname, searchParams } = new URL(address);
  const say = (text: string): Finding => ({ check: CHECK, status: 'failed', variable: VARIABLE, say: text });
  const stage = STAGES.exec(pathname)?.[1];
  if (!isCron(pathname) && stage !== undefined)
    return [say(`ends in /${stage}, so each run would report that; remove it, the service adds its own`)];
  if (/[<>{}]|%3C|%7B/i.test(pathname)) return [say('holds a placeholder; write the name of the monitor instead')];
  const own = ['status', 'check_in_id', 'rid'].find((name) => searchParams.has(name));
  return own === undefined ? [] : [say(`has ${own}= in its query, which the service adds itself; remove it`)];
}

/**
 * What can be known without a ping, which would count: of a check by a line in its log, of others that their host
 * answers.
 */
export async function* examineAddress(address: string, deps: SwitchDeps, scope: Scope): AsyncGenerator<Finding> {
  const url = new URL(address);
  if (isCheck(url)) yield await askCheck(url, deps, scope);
  else yield await askHost(url, deps, scope);
}

async function askCheck(url: URL, deps: SwitchDeps, scope: Scope): Promise<Finding> {
  const found = finding(`a check of healthchecks.io, which took a line for its log; runs are told to it from now on`);
  const missing = finding('there is no such check; copy its address again', 'failed');
  try {
    const { text } = await askSwitch({ url, path: `${url.pathname.replace(/\/+$/, '')}/log` }, deps.http, scope);
    if (text.trim() === 'OK') return found;
    if (/not found/i.test(text)) return missing;
    const words = shortWords(text, deps.redact);
    return finding(
      `answered ${words === '' ? 'nothing' : words}, which no check does; copy its address again`,
      'failed',
    );
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status === undefined) return unreachable(error);
    if (error.status === 404 && /not found/i.test(error.facts.detail ?? '')) return missing;
    if (error.status === 404) return finding('it has no log, so only a run can tell whether it takes pings', 'warning');
    return unreachable(error);
  }
}

async function askHost(url: URL, deps: SwitchDeps, scope: Scope): Promise<Finding> {
  const kind = isCron(url.pathname) ? 'a monitor of Sentry Crons' : 'an address that is pinged as a check is';
  try {
    await askSwitch({ url, path: '/' }, deps.http, scope);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status === undefined) return unreachable(error);
  }
  return finding(`${kind}; its host answers, and the next run tells whether it takes pings`);
}

function finding(say: string, status: Finding['status'] = 'ok'): Finding {
  return { check: CHECK, status, variable: VARIABLE, say };
}

function unreachable(error: unknown): Finding {
  return finding((error as Error).message.replace(`${DEAD_MANS_SWITCH}: `, ''), 'failed');
}
