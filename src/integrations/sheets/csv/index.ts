import type { DateForm } from '../../../core/model/people/sheet.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { type Deps, plugin } from '../../plugin.ts';
import type { Place } from '../../vendors/feeds/place.ts';
import { datesSetting, placeSetting, secretSetting } from '../settings.ts';

/** A sheet as CSV: a published one, or a file. */
export const csv = plugin<Watch, { readonly place: Place; readonly dates: DateForm }>({
  settings: { place: placeSetting('csv'), dates: datesSetting('csv') },
  wantedBy: [],
  create: ({ place, dates }, deps, name) => created({ name, key: 'csv', place, dates }, deps),
});

/** The same at an address that is a secret. */
export const csvSecret = plugin<Watch, { readonly url: string; readonly dates: DateForm }>({
  settings: { url: secretSetting('csv'), dates: datesSetting('csv-secret') },
  wantedBy: [],
  create: ({ url, dates }, deps, name) =>
    created({ name, key: 'csv-secret', place: { url, isSecret: true }, dates }, deps),
});

interface Settings {
  readonly name: string;
  readonly key: string;
  readonly place: Place;
  readonly dates: DateForm;
}

function created(settings: Settings, deps: Deps): Watch {
  const load = once(async () => (await import('./feed.ts')).createCsvFeed(settings, deps));
  return { name: settings.name, look: async (...given) => (await load()).look(...given) };
}
