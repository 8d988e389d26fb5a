import { faultOf } from '../../../core/model/errors.ts';
import { ofPlainRuns, type RunListener } from '../../../core/ports/run-listener.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { askSwitch, DEAD_MANS_SWITCH, type SwitchDeps } from './ask-switch.ts';
import { serviceAt, type Stage, unlike } from './services.ts';

export { DEAD_MANS_SWITCH } from './ask-switch.ts';

/**
 * A dead man's switch elsewhere: a service that alarms when it hears nothing. Checks of healthchecks.io, or Sentry's
 * Crons, which are known by their path. The address is a secret: whoever has it can say that all is well.
 */
export function deadMansSwitch(address: string, deps: SwitchDeps): RunListener {
  const url = new URL(address);
  const beginnings = new Map<string, Promise<void>>();
  const send = (stage: Stage, scope: Scope, text?: string): Promise<void> => sendTo(url, { stage, text }, scope, deps);
  return ofPlainRuns({
    name: DEAD_MANS_SWITCH,
    begun: (scope) => {
      const { runId } = scope;
      const told = send('start', scope).finally(() => beginnings.delete(runId));
      beginnings.set(runId, told);
      return told;
    },
    // A beginning that came after its end would stay open for ever.
    ended: async ({ outcome, unheard = [] }, scope) => {
      await beginnings.get(scope.runId);
      // NOTE: never a failure: that nobody hears of alerts does not mean that nothing runs.
      await send(outcome, scope, unheard.length === 0 ? undefined : `unheard: ${unheard.join(', ')}`);
    },
  });
}

/** Never rejects: a ping that was not taken is a line in the log. */
async function sendTo(
  url: URL,
  { stage, text }: { readonly stage: Stage; readonly text: string | undefined },
  scope: Scope,
  { http, redact }: SwitchDeps,
): Promise<void> {
  const { target, took, takesText } = serviceAt(url);
  const { path, params } = target(url.pathname, stage, scope.runId);
  const notTaken = (error: string): void =>
    scope.log.error({ stage, error }, "dead man's switch not told; check HEARTBEAT_URL");
  try {
    const question = { url, path, params: [...url.searchParams, ...params], text: takesText ? text : undefined };
    const answer = await askSwitch(question, http, scope);
    if (!took(answer)) notTaken(`${DEAD_MANS_SWITCH}: ${unlike(answer, redact)}`);
  } catch (error) {
    notTaken(faultOf(error).message);
  }
}
