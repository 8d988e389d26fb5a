import { oneOf } from '../../../config/formats.ts';
import { readSettings, type Schema, SettingsError, type SettingsFault } from '../../../config/schema.ts';
import type { Channel, SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { joined } from '../../../platform/http/joined.ts';
import { createRedactor } from '../../../platform/redact.ts';
import { type ChannelPlugin, channelPlugin, type Deps } from '../../plugin.ts';
import { addressList, mailbox, type Mailbox } from './addresses.ts';
import { fit, type MailBody } from './fit.ts';
import { type Letter, letterOf } from './letter.ts';
import { createSes } from './ses.ts';
import { sendBySmtp } from './smtp.ts';
import { serverAt, smtpUrl } from './smtp-url.ts';

interface Settings {
  readonly addresses: readonly string[];
  readonly by: 'smtp' | 'ses';
  readonly smtpUrl: string | undefined;
  readonly from: Mailbox | undefined;
}

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

const channel = channelPlugin<Settings>({ settings, create, budget: { count: 60, perMs: HOUR_MS } });

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

function passwordsIn({ smtpUrl }: Settings): readonly string[] {
  return smtpUrl === undefined ? [] : [serverAt(smtpUrl).password ?? []].flat();
}

type Send = (letter: Letter, signal: AbortSignal, say: (text: string) => string) => Promise<SendOutcome>;

/** All of a try, ms. */
const TIMEOUT_MS = 60_000;

function create(given: Settings, deps: Deps, name: string): Channel {
  const [to] = given.addresses as readonly [string];
  const sender = { from: given.from!, channel: name };
  const hide = createRedactor([...passwordsIn(given), ...(given.smtpUrl === undefined ? [] : [given.smtpUrl])]);
  const say = (text: string): string => `${name}: ${hide(deps.redact(text))}`;
  const send = senderOf(given);
  return {
    name,
    repeatSafe: false,
    isPerSubject: false,
    fit: (message, form) => fit(message, form, to),
    send: async ({ body }, message, scope) => {
      const letter = letterOf(body as MailBody, message, sender, deps.now());
      return within(scope, name, (signal) => send(letter, signal, say));
    },
  };
}

function senderOf({ by, smtpUrl }: Settings): Send {
  if (by === 'ses') return createSes();
  const server = serverAt(smtpUrl!);
  return (letter, signal, say) => sendBySmtp(letter, server, signal, say);
}

async function within(
  { signal: given, mayTry }: Scope,
  name: string,
  act: (signal: AbortSignal) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  if (given.aborted) return { status: 'retry', why: `${name}: not sent, the run had ended` };
  if ((await mayTry?.()) === false) return { status: 'retry', why: `${name}: not sent, this server may not` };
  const stop = joined([given, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    return await act(stop.signal);
  } finally {
    stop.part();
  }
}
