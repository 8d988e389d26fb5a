import type { DateForm } from '../../../core/model/people/sheet.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { type Deps, plugin } from '../../plugin.ts';
import type { Place } from '../../vendors/feeds/place.ts';
import { datesSetting, placeSetting, secretSetting, tabSetting } from '../settings.ts';

interface Shared {
  readonly tab: string | undefined;
  readonly dates: DateForm;
}

/** A tab of a workbook: a published one, or a file. */
export const xlsx = plugin<Watch, Shared & { readonly place: Place }>({
  settings: { place: placeSetting('xlsx'), tab: tabSetting('xlsx'), dates: datesSetting('xlsx') },
  wantedBy: [],
  create: (settings, deps, name) => created({ ...settings, name, key: 'xlsx' }, deps),
});

/** The same at an address that is a secret. */
export const xlsxSecret = plugin<Watch, Shared & { readonly url: string }>({
  settings: { url: secretSetting('xlsx'), tab: tabSetting('xlsx-secret'), dates: datesSetting('xlsx-secret') },
  wantedBy: [],
  create: ({ url, ...shared }, deps, name) =>
    created({ ...shared, name, key: 'xlsx-secret', place: { url, isSecret: true } }, deps),
});

interface Settings extends Shared {
  readonly name: string;
  readonly key: string;
  readonly place: Place;
}

function created(settings: Settings, deps: Deps): Watch {
  const load = once(async () => (await import('./feed.ts')).createXlsxFeed(settings, deps));
  return { name: settings.name, look: async (...given) => (await load()).look(...given) };
}
