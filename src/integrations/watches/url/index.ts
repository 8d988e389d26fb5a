import { inWords, plain, secret, text } from '../../../config/formats.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { askedUrl } from '../../vendors/asked/address.ts';
import type { Settings } from './watch.ts';

const MOST_LETTERS = 500;

/** A value out of an answer in JSON. */
export const url = plugin<Watch, Settings>({
  settings: {
    url: { doc: 'Address that answers in JSON', format: askedUrl, default: null, env: 'watches.url', key: 'url' },
    key: {
      doc: 'Key that is sent along',
      format: secret(),
      default: null,
      ...{ optional: true, sensitive: true, env: 'watches.url.key', key: 'key' },
    },
    header: {
      doc: 'Header that holds the key; else Authorization, with Bearer before it',
      format: text(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'a header such as X-Api-Key'),
      default: null,
      ...{ optional: true, env: 'watches.url.header', key: 'header' },
    },
    value: {
      doc: 'What of the answer is the value, in JMESPath: a number, a text, or true or false',
      format: inWords('an expression of JMESPath', (written, show) => {
        if (written.length > MOST_LETTERS) throw new Error(`is longer than ${MOST_LETTERS} letters; shorten it`);
        return plain(written, show);
      }),
      default: '@',
      ...{ env: 'watches.url.value', key: 'value' },
    },
  },
  wantedBy: [],
  create(settings, deps, name): Watch {
    const load = once(async () => (await import('./watch.ts')).createUrlWatch(settings, deps, name));
    return { name, look: async (scope) => (await load()).look(scope) };
  },
});
