import type { Format } from '../../../config/formats.ts';
import { inWords } from '../../../config/formats.ts';
import type { Watch } from '../../../core/ports/watches/watch.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { checkAskable } from '../../vendors/asked/askable.ts';
import type { Settings } from './watch.ts';

const place: Format<Settings['place']> = inWords('a host and a port, such as example.com:443', (text, show) => {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]{0,252})(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === undefined || Number(port ?? 443) > 65_535 || Number(port ?? 443) < 1)
    throw new Error(`${show(text)} is no host and port; write one such as example.com:443`);
  checkAskable(`https://${host}`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? 443) };
});

/** How many days a certificate is still good. */
export const tls = plugin<Watch, Settings>({
  settings: {
    place: {
      doc: 'Host and port that have the certificate',
      format: place,
      default: null,
      env: 'watches.tls',
      key: 'tls',
    },
  },
  wantedBy: [],
  create(settings, deps, name): Watch {
    const load = once(async () => (await import('./watch.ts')).createTlsWatch(settings, deps, name));
    return { name, look: async (scope) => (await load()).look(scope) };
  },
});
