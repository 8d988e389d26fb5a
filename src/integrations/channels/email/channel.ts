import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { joined } from '../../../platform/http/joined.ts';
import { createRedactor, type Redact } from '../../../platform/redact.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import type { Mailbox } from './addresses.ts';
import { fit, type MailBody } from './fit.ts';
import { type Letter, letterOf } from './letter.ts';
import { withPicture } from './picture.ts';
import { createSes } from './ses.ts';
import { sendBySmtp } from './smtp.ts';
import { serverAt } from './smtp-url.ts';

export interface Settings {
  readonly addresses: readonly string[];
  readonly by: 'smtp' | 'ses';
  readonly smtpUrl: string | undefined;
  readonly from: Mailbox | undefined;
}

function passwordsIn({ smtpUrl }: Settings): readonly string[] {
  return smtpUrl === undefined ? [] : [serverAt(smtpUrl).password ?? []].flat();
}

/** Hides what holds a password. */
export function hiderOf(given: Settings): Redact {
  return createRedactor([...passwordsIn(given), ...(given.smtpUrl === undefined ? [] : [given.smtpUrl])]);
}

type Send = (letter: Letter, signal: AbortSignal, say: (text: string) => string) => Promise<SendOutcome>;

/** All of a try, ms. */
const TIMEOUT_MS = 60_000;

/** Mail to the first of the addresses. */
export function createEmail(given: Settings, deps: Deps, name: string): ChannelActs {
  const [to] = given.addresses as readonly [string];
  const sender = { from: given.from!, channel: name };
  const hide = hiderOf(given);
  const say = (text: string): string => `${name}: ${hide(deps.redact(text))}`;
  const send = senderOf(given);
  return {
    fit: (message, form) => fit(message, form, to),
    send: async ({ body }, message, scope) => {
      const mail = body as MailBody;
      const drawing = { draw: deps.pictures.draw, name, log: scope.log };
      const letter = await withPicture(letterOf(mail, message, sender, deps.now()), mail, drawing);
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
