import { oneOf } from '../../../config/formats.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { askedUrl } from '../../vendors/asked/address.ts';
import { VALUES, type Settings } from './values.ts';

/** Whether an address answers, with which status, and how soon. */
export const http = plugin<Watch, Settings>({
  settings: {
    url: { doc: 'Address that is asked', format: askedUrl, default: null, env: 'watches.http', key: 'http' },
    value: {
      doc: 'What its value is: the status, or how long the answer took, in ms; the other one goes along',
      format: oneOf(...VALUES),
      default: 'status',
      ...{ env: 'watches.http.value', key: 'value' },
    },
  },
  wantedBy: [],
  create(settings, deps, name): Watch {
    const load = once(async () => (await import('./watch.ts')).createHttpWatch(settings, deps, name));
    return { name, look: async (scope) => (await load()).look(scope) };
  },
});
