import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Letter } from './letter.ts';
import { outcomeOfSmtp, type SmtpTrouble } from './smtp-outcome.ts';
import type { SmtpServer } from './smtp-url.ts';

const CONNECT_MS = 20_000;
const GREETING_MS = 30_000;
const IDLE_MS = 120_000;

/** One try over a connection of its own. `say` writes a sentence without secrets. */
export async function sendBySmtp(
  letter: Letter,
  server: SmtpServer,
  signal: AbortSignal,
  say: (text: string) => string,
): Promise<SendOutcome> {
  const { createTransport } = await import('nodemailer');
  let isOut = false;
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTLS,
    ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: IDLE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: listener(() => (isOut = true)),
  });
  try {
    const { messageId } = await transport.sendMail({ ...mutable(letter), signal });
    return { status: 'accepted', ref: messageId };
  } catch (error) {
    return outcomeOfSmtp(error as SmtpTrouble, isOut, say);
  } finally {
    transport.close();
  }
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
