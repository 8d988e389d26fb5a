import type { Log } from '../core/ports/scope.ts';
import type { Deps } from '../integrations/plugin.ts';
import { createHttp, type HttpWatch } from '../platform/http/client.ts';
import type { Redact } from '../platform/redact.ts';
import type { World } from './world.ts';

/** How the program speaks, and what it must not say. */
export interface Voice {
  readonly log: Log;
  readonly redact: Redact;
  /** Of all parts. */
  readonly secrets: readonly string[];
}

/** What a plug-in may use. */
export function pluginDeps(world: World, { log, redact, secrets }: Voice, watch: HttpWatch | undefined): Deps {
  const http = createHttp({
    now: world.now,
    sleep: world.sleep,
    random: world.random,
    userAgent: `sentry-monitor/${world.version}`,
    watch,
  });
  return {
    now: world.now,
    uuid: world.uuid,
    server: world.server,
    sleep: world.sleep,
    log,
    redact,
    // One vendor's answer may hold another one's key: a title that it quotes, a URL that it was given.
    http: (request) => http({ ...request, secrets: [...request.secrets, ...secrets] }),
  };
}
