import { oneOf } from '../../../config/formats.ts';
import { readSettings, type Schema, SettingsError, type SettingsFault } from '../../../config/schema.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { type ChannelPlugin, channelPlugin } from '../../plugin.ts';
import { addressList, mailbox } from './addresses.ts';
import type { Settings } from './channel.ts';
import { smtpUrl } from './smtp-url.ts';

const settings: Schema<Settings> = {
  addresses: {
    doc: 'Addresses; each is told by a mail of its own',
    format: addressList,
    default: null,
    env: 'channels.email',
    key: 'email',
  },
  by: {
    doc: 'how mail goes out: smtp, or ses (Amazon, by the variables of its own tools)',
    format: oneOf('smtp', 'ses'),
    default: 'smtp',
    env: 'MAIL',
  },
  smtpUrl: {
    doc: 'server that takes mail: smtp:// or smtps://, with user and password if it wants them',
    format: smtpUrl,
    default: null,
    optional: true,
    sensitive: true,
    env: 'SMTP_URL',
  },
  from: {
    doc: 'whom mail is from: an address, or a name and <an address>',
    format: mailbox,
    default: null,
    optional: true,
    env: 'MAIL_FROM',
  },
};

const channel = channelPlugin<Settings>({
  settings,
  repeatSafe: false,
  isPerSubject: false,
  budget: { count: 60, perMs: HOUR_MS },
  // What takes mail is the service's, whoever gets it.
  place: ({ by, smtpUrl: url }) => [by, url],
  examine: async function* (_channel, made) {
    yield* (await import('./examine.ts')).examine(made);
  },
  load: async () => (await import('./channel.ts')).createEmail,
});

/** Mail, to one address each: what sets up several is several channels by then. */
export const email: ChannelPlugin = {
  ...channel,
  read(env) {
    const configured = channel.read(env);
    const given = readSettings(settings, env);
    const faults = missingIn(given);
    if (faults.length > 0) throw new SettingsError(faults);
    return configured;
  },
};

function missingIn({ by, smtpUrl, from }: Settings): readonly SettingsFault[] {
  const url = 'is not set; set it to the server that takes mail, such as smtp://user:password@mail.example.com:587';
  return [
    ...(from === undefined
      ? [{ variable: 'MAIL_FROM', text: 'is not set; set it to whom mail is from, such as alerts@example.com' }]
      : []),
    ...(by === 'smtp' && smtpUrl === undefined ? [{ variable: 'SMTP_URL', text: `${url}, or set MAIL=ses` }] : []),
  ];
}
