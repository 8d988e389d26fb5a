import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Letter } from './letter.ts';
import { outcomeOfSmtp, type SmtpTrouble } from './smtp-outcome.ts';
import type { SmtpServer } from './smtp-url.ts';

/** How long is waited for what, ms. */
interface Waits {
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
}
const SENDING: Waits = { connectionTimeout: 20_000, greetingTimeout: 30_000, socketTimeout: 120_000 };
/** Somebody waits for all of it. */
const ASKING: Waits = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 8_000 };

/** One try over a connection of its own. `say` writes a sentence without secrets. */
export async function sendBySmtp(
  letter: Letter,
  server: SmtpServer,
  signal: AbortSignal,
  say: (text: string) => string,
): Promise<SendOutcome> {
  let isOut = false;
  const transport = await openTransport(server, SENDING, () => (isOut = true));
  try {
    const { messageId } = await transport.sendMail({ ...mutable(letter), signal });
    return { status: 'accepted', ref: messageId };
  } catch (error) {
    return outcomeOfSmtp(error as SmtpTrouble, isOut, say);
  } finally {
    transport.close();
  }
}

/** Greets the server, and logs in where there is a user. Sends nothing. */
export async function askSmtp(server: SmtpServer, say: (text: string) => string): Promise<SendOutcome> {
  const transport = await openTransport(server, ASKING, () => undefined);
  try {
    await transport.verify();
    return { status: 'accepted' };
  } catch (error) {
    return outcomeOfSmtp(error as SmtpTrouble, false, say);
  } finally {
    transport.close();
  }
}

async function openTransport(server: SmtpServer, waits: Waits, onOut: () => void) {
  const { createTransport } = await import('nodemailer');
  const { host, port, secure, requireTLS, user, password } = server;
  return createTransport({
    ...{ host, port, secure, requireTLS, ...waits },
    ...(user === undefined ? {} : { auth: { user, pass: password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: listener(onOut),
  });
}

/** As nodemailer has it. */
export function mutable({ envelope, headers, attachments = [], ...letter }: Letter) {
  return {
    ...letter,
    attachments: [...attachments],
    envelope: { ...envelope, to: [...envelope.to] },
    headers: { ...headers },
  };
}

/**
 * NOTE: its errors are the same for a connection that broke before a mail was out and after it. What it would log of a
 * mail with its last dot is written when all of it was handed to the socket: without that it certainly was not sent.
 */
function listener(onOut: () => void) {
  const note = (entry: unknown): void => {
    const { tnx, outByteCount } = entry as { readonly tnx?: unknown; readonly outByteCount?: unknown };
    if (tnx === 'message' && outByteCount !== undefined) onOut();
  };
  return { trace: note, debug: note, info: note, warn: note, error: note, fatal: note };
}
