import { SettingsError } from '../../config/schema.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Source } from '../../core/ports/source.ts';
import { openScope } from '../../core/run/scope.ts';
import { sources } from '../../integrations/sources/index.ts';
import type { Redact } from '../../platform/redact.ts';
import { givenBy } from '../assemble.ts';
import { pluginDeps } from '../plugin-deps.ts';
import { StartError } from '../start-error.ts';
import type { World } from '../world.ts';
import { silentVoice } from './silent.ts';

/** The source without the rest of the program. */
export interface OpenSource {
  readonly source: Source;
  readonly redact: Redact;
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/**
 * The source that the environment sets up, for who has no sinks and no filters yet. Throws a StartError with what is
 * wrong with its settings.
 */
export function openSource(name: keyof typeof sources, world: World): OpenSource {
  const given = givenBy(world);
  try {
    const configured = sources[name].read(given.env);
    const voice = silentVoice([...given.secrets, ...configured.secrets]);
    const { now, sleep, shutdown } = world;
    return {
      source: configured.create(pluginDeps(world, voice), name).part,
      redact: voice.redact,
      openScope: (id, limitMs) => openScope(id, { now, sleep, log: voice.log, shutdown, deadlineMs: limitMs }),
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new StartError(error.faults.map(({ variable, text }) => given.redact(`${variable}: ${text}`)));
  }
}
