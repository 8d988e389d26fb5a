import { TLS_TROUBLE } from '../../../platform/http/failure.ts';
import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';

/** What nodemailer throws. */
export interface SmtpTrouble {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly originalCode?: string;
  readonly timeoutType?: string;
}

const DAILY_MS = 60 * 60_000;
const MOST_WORDS = 300;

/** `isOut`: all of the mail went out, so that it may have been taken. */
export function outcomeOfSmtp(error: SmtpTrouble, isOut: boolean, say: (text: string) => string): SendOutcome {
  const { responseCode } = error;
  if (responseCode !== undefined) return outcomeOfReply(error, responseCode, say);
  const why = say(wordsOf(error, isOut));
  if (isOut) return { status: 'uncertain', why };
  return { status: isForGood(error) ? 'refused' : 'retry', why };
}

/** Without an answer: what no later try changes. A certificate may be mended by then, as on the web. */
const FOR_GOOD = new Set(['ENOAUTH', 'ETLS', 'ECONFIG', 'EENVELOPE']);

function isForGood({ code = '', originalCode = '' }: SmtpTrouble): boolean {
  return FOR_GOOD.has(code) && !TLS_TROUBLE.test(originalCode);
}

function outcomeOfReply(
  { code, response = '' }: SmtpTrouble,
  status: number,
  say: (text: string) => string,
): SendOutcome {
  const advice = adviceFor(code, status, response);
  const words = say(`answered ${response === '' ? status : response}`).replace(/\s+/g, ' ');
  const why = `${words.slice(0, MOST_WORDS).toWellFormed()}${advice === undefined ? '' : `; ${advice}`}`;
  // A wrong order of commands says nothing of the mail.
  if (status >= 500 && status !== 503)
    return { status: 'refused', why, ...(isAboutText(status, response) ? { isText: true } : {}) };
  return { status: 'retry', why, ...(/quota/i.test(response) ? { afterMs: DAILY_MS } : {}) };
}

/** It is too long, or has what this server does not take. */
function isAboutText(status: number, response: string): boolean {
  return status === 552 || /^5\d\d[ -]5\.6\.\d/.test(response);
}

function adviceFor(code: string | undefined, status: number, response: string): string | undefined {
  if (code === 'EAUTH' || status === 530 || status === 535) return 'check user and password in SMTP_URL';
  if (code === 'ETLS') return 'SMTP_URL asks for STARTTLS, which this server does not offer';
  return /not verified|sender|MAIL FROM/i.test(response) && status >= 550 ? 'check MAIL_FROM' : undefined;
}

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name server does not answer',
};

/** NOTE: only codes: its own texts may hold what the server said. */
function wordsOf({ code = 'unknown error', originalCode, timeoutType }: SmtpTrouble, isOut: boolean): string {
  if (code === 'EABORT')
    return isOut ? 'no answer to the mail before its time was over' : 'its time was over before the mail was out';
  if (code === 'ETIMEDOUT') return isOut ? 'no answer to the mail' : `no answer in time (${timeoutType ?? code})`;
  const cause = /^[A-Z0-9_]{1,60}$/.test(originalCode ?? '') ? originalCode! : code;
  if (isOut) return `the connection broke (${cause}) before the mail was answered`;
  if (TLS_TROUBLE.test(cause))
    return `no trusted TLS connection (${cause}); check SMTP_URL, the certificates and NODE_EXTRA_CA_CERTS`;
  const said = CODES[cause];
  return `cannot hand over the mail (${cause}${said === undefined ? '' : `, ${said}`}); check SMTP_URL and the network`;
}
