import type { Log } from '../core/ports/scope.ts';
import type { Deps } from '../integrations/plugin.ts';
import { createHttp, type HttpWatch } from '../platform/http/client.ts';
import { pictureUrl } from '../platform/pictures/address.ts';
import type { LogFiles } from '../core/ports/events/log-files.ts';
import { late } from '../platform/late.ts';
import { createPictures, type Pictures } from '../platform/pictures/pictures.ts';
import type { Redact } from '../platform/redact.ts';
import type { World } from './world.ts';

/** How the program speaks, and what it must not say. */
export interface Voice {
  readonly log: Log;
  readonly redact: Redact;
  /** Of all parts. */
  readonly secrets: readonly string[];
}

/** What of its settings all plug-ins share. */
export interface SharedParts {
  readonly watch?: HttpWatch | undefined;
  readonly pictures?: Pictures | undefined;
  /** Where people and vendors reach this service; undefined: nowhere that is known. */
  readonly publicUrl?: string | undefined;
  readonly privateHosts?: readonly string[] | undefined;
  /** Folders that logs may be read from; undefined: all. */
  readonly fileRoots?: readonly string[] | undefined;
}

/** What a plug-in may use. */
export function pluginDeps(
  world: World,
  { log, redact, secrets }: Voice,
  { watch, pictures = createPictures(), publicUrl, privateHosts, fileRoots }: SharedParts = {},
): Deps {
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
    files: fileRoots === undefined ? world.files : within(world.files, fileRoots),
    process: world.process,
    sleep: world.sleep,
    log,
    redact,
    privateHosts,
    pictures,
    pictureUrl: (message) => pictureUrl(publicUrl, message),
    // One vendor's answer may hold another one's key: a title that it quotes, a URL that it was given.
    http: (request) => http({ ...request, secrets: [...request.secrets, ...secrets] }),
  };
}

function within(files: LogFiles, roots: readonly string[]): LogFiles {
  const names = { names: true, open: true, append: true } as const;
  return late(names, async () => (await import('../platform/files-within.ts')).filesWithin(files, roots));
}
