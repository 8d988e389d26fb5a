import { inWords } from '../../../config/formats.ts';
import { channelPlugin } from '../../plugin.ts';

interface Settings {
  readonly console: true;
}

const on = inWords<true>(
  'true',
  (text) => {
    if (text.toLowerCase() === 'true') return true;
    throw new Error('has no settings; write true, or leave it out');
  },
  { const: true },
);

/** The log: one line per alert. Nobody needs an account for it. */
export const console = channelPlugin<Settings>({
  settings: {
    console: {
      doc: 'Alerts go to the log of the service, one line each',
      format: on,
      default: null,
      env: 'channels.console',
      key: 'console',
    },
  },
  repeatSafe: false,
  isPerSubject: false,
  budget: null,
  load: async () => {
    const { createConsole } = await import('./channel.ts');
    return (_settings, _deps, name) => createConsole(name);
  },
});
