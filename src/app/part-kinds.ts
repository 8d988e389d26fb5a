import type { FoundPart } from '../config/filters/load.ts';
import type { PartKinds } from '../config/filters/parts/part-keys.ts';
import { variables as ownVariables } from '../config/settings.ts';
import { calendars } from '../integrations/calendars/index.ts';
import { channels } from '../integrations/channels/index.ts';
import { trackers } from '../integrations/trackers/index.ts';
import { DEAD_MANS_SWITCH } from '../integrations/observers/dead-mans-switch/index.ts';
import { intakes } from '../integrations/intakes/index.ts';
import type { Plugin } from '../integrations/plugin.ts';
import { sheets } from '../integrations/sheets/index.ts';
import { sinks } from '../integrations/sinks/index.ts';
import { sources } from '../integrations/sources/index.ts';
import { watches } from '../integrations/watches/index.ts';
import { ledgers } from '../storage/index.ts';

/** Every variable the program reads, its plug-ins' included. */
export const variables = [
  ...ownVariables,
  ...Object.values(sources).flatMap((it) => it.variables),
  ...Object.values(sinks).flatMap((it) => it.variables),
  ...Object.values(channels).flatMap((it) => it.variables.filter(({ env }) => !env.startsWith('channels.'))),
  ...ledgers.sql.variables,
];

/** What a file may set up besides what the environment does. */
export const partKinds: PartKinds = {
  vendors: {
    sources: keysOf(sources),
    sinks: keysOf(sinks),
    channels: keysOf(channels),
    intakes: keysOf(intakes),
    watches: keysOf(watches),
    sheets: keysOf(sheets),
    calendars: keysOf(calendars),
    tickets: Object.fromEntries(Object.entries(trackers).map(([vendor, { keys }]) => [vendor, keys])),
  },
  ownVariables: variables.flatMap(({ env }) => [env, `${env}_FILE`]),
  takenNames: [...Object.keys(sources), ...Object.keys(sinks), DEAD_MANS_SWITCH],
};

/** Variables that these parts name as their keys. */
export function keyNamesOf(parts: readonly Pick<FoundPart, 'section' | 'texts'>[]): readonly string[] {
  return parts.flatMap(({ section, texts }) =>
    Object.values(partKinds.vendors[section])
      .flat()
      .flatMap(({ key, sensitive }) => (sensitive && texts[key] !== undefined ? [texts[key]] : [])),
  );
}

/** Of those that files can set up. */
function keysOf(registry: Readonly<Record<string, Plugin<unknown>>>): PartKinds['vendors']['sources'] {
  const all = Object.entries(registry).filter(([vendor, { keys }]) => keys.some(({ key }) => key === vendor));
  return Object.fromEntries(all.map(([vendor, { keys }]) => [vendor, keys]));
}
