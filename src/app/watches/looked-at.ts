import type { FoundPart } from '../../config/filters/load.ts';
import type { Watch } from '../../core/ports/watches/watch.ts';
import { calendars } from '../../integrations/calendars/index.ts';
import type { Built, Deps } from '../../integrations/plugin.ts';
import { sheets } from '../../integrations/sheets/index.ts';
import { watches } from '../../integrations/watches/index.ts';
import { type FileParts, filePartsOf, type Keys, type Wanted } from '../file-parts.ts';

const REGISTRIES = { watches, sheets, calendars } as const;

/** What is looked at now and then, by the section of files that sets it up. */
export type LookedAt<T> = Readonly<Record<keyof typeof REGISTRIES, T>>;

export function lookedAtIn(
  parts: readonly FoundPart[],
  keys: Keys,
): { readonly wanted: LookedAt<readonly Wanted<Watch>[]>; readonly faults: FileParts<Watch>['faults'] } {
  const all = each((section) => filePartsOf<Watch>(section, REGISTRIES[section], parts, keys));
  return { wanted: each((section) => all[section].wanted), faults: Object.values(all).flatMap(({ faults }) => faults) };
}

/** Those whose settings have no fault, by name. */
export function madeLookedAt(
  wanted: LookedAt<readonly Wanted<Watch>[]>,
  deps: Deps,
): LookedAt<readonly { readonly name: string; readonly built: Built<Watch> }[]> {
  return each((section) =>
    wanted[section].flatMap(({ name, configured }) =>
      configured === undefined ? [] : [{ name, built: configured.create(deps, name) }],
    ),
  );
}

export function partsByName<T>(
  made: LookedAt<readonly { readonly name: string; readonly built: Built<T> }[]>,
): LookedAt<ReadonlyMap<string, T>> {
  return each((section) => new Map(made[section].map(({ name, built }) => [name, built.part])));
}

function each<T>(make: (section: keyof LookedAt<T>) => T): LookedAt<T> {
  return { watches: make('watches'), sheets: make('sheets'), calendars: make('calendars') };
}
