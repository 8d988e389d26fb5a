import { type Format, inWords, secretUrl } from '../../../config/formats.ts';
import { zoneFault } from '../../../config/rules/quiet.ts';
import type { Setting } from '../../../config/schema.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { type Deps, plugin } from '../../plugin.ts';
import { askable } from '../../vendors/asked/askable.ts';
import { type Place, place } from '../../vendors/feeds/place.ts';

interface Shared {
  readonly zone: string | undefined;
}

const timeZone: Format<string> = inWords('a time zone such as Europe/Berlin', (text) => {
  const fault = zoneFault(text);
  if (fault !== undefined) throw new Error(fault);
  return text;
});

function zoneSetting(vendor: string): Setting<string | undefined> {
  return {
    doc: 'Zone of times that say none; else as the calendar says itself',
    format: timeZone,
    default: null,
    ...{ optional: true, env: `calendars.${vendor}.zone`, key: 'zone' },
  };
}

/** A calendar as ICS: a published one, or a file. */
export const ics = plugin<Watch, Shared & { readonly place: Place }>({
  settings: {
    place: { doc: 'Where it is, as ICS', format: place, default: null, env: 'calendars.ics', key: 'ics' },
    zone: zoneSetting('ics'),
  },
  wantedBy: [],
  create: (settings, deps, name) => created({ ...settings, name, key: 'ics' }, deps),
});

/** The same at an address that is a secret. */
export const icsSecret = plugin<Watch, Shared & { readonly url: string }>({
  settings: {
    url: {
      doc: 'Address of a calendar, as ICS, that nobody else may know',
      format: askable(secretUrl),
      default: null,
      ...{ sensitive: true, env: 'calendars.ics-secret', key: 'ics-secret' },
    },
    zone: zoneSetting('ics-secret'),
  },
  wantedBy: [],
  create: ({ url, zone }, deps, name) =>
    created({ zone, name, key: 'ics-secret', place: { url, isSecret: true } }, deps),
});

interface Settings extends Shared {
  readonly name: string;
  readonly key: string;
  readonly place: Place;
}

function created(settings: Settings, deps: Deps): Watch {
  const load = once(async () => (await import('./feed.ts')).createIcsFeed(settings, deps));
  return { name: settings.name, look: async (...given) => (await load()).look(...given) };
}
