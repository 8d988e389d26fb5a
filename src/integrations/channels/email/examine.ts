import type { Finding } from '../../../core/ports/finding.ts';
import { findingOf } from '../../../platform/posting/question.ts';
import type { Made } from '../../plugin.ts';
import { hiderOf, type Settings } from './channel.ts';
import { askSes } from './ses.ts';
import { askSmtp } from './smtp.ts';
import { serverAt, type SmtpServer } from './smtp-url.ts';

/** Whether what takes all mail takes ours. Sends nothing. */
export async function* examine({ settings, deps }: Made<Settings>): AsyncGenerator<Finding> {
  const hide = hiderOf(settings);
  const say = (text: string): string => hide(deps.redact(text));
  yield settings.by === 'ses' ? await ofSes(say) : await ofServer(serverAt(settings.smtpUrl!), say);
}

async function ofServer(server: SmtpServer, say: (text: string) => string): Promise<Finding> {
  const { host, port, user } = server;
  const well = `${host}:${port} answers${user === undefined ? '' : ', and takes the user'}`;
  return findingOf(await askSmtp(server, say), { channel: 'mail', what: 'server', variable: 'SMTP_URL' }, well);
}

async function ofSes(say: (text: string) => string): Promise<Finding> {
  const { account, outcome } = await askSes(say);
  const found = findingOf(
    outcome,
    { channel: 'mail', what: 'by SES', variable: 'MAIL' },
    'Amazon lets this account send',
  );
  if (found.status !== 'ok') return found;
  if (account === null)
    return { ...found, say: 'Amazon knows the keys; whether the account may send they may not ask (ses:GetAccount)' };
  if (!account.maySend)
    return { ...found, status: 'failed', say: 'Amazon has stopped this account from sending; ask its support' };
  if (account.mayTellAll) return found;
  const sandbox = 'only addresses that are verified there get mail; ask Amazon for production access';
  return { ...found, status: 'warning', say: sandbox };
}
