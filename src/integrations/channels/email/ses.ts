import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { createRedactor } from '../../../platform/redact.ts';
import type { Letter } from './letter.ts';
import { mutable } from './smtp.ts';
import { outcomeOfSes, type SesTrouble } from './ses-outcome.ts';

const CONNECT_MS = 20_000;
const ANSWER_MS = 30_000;

/**
 * Amazon's mail, by the variables of its own tools. One request: its client repeats nothing. Its id of the mail stands
 * in place of ours, so that is the one to answer to.
 */
export function createSes(): (
  letter: Letter,
  signal: AbortSignal,
  say: (text: string) => string,
) => Promise<SendOutcome> {
  let client: Client | undefined;
  return async (letter, signal, say) => {
    try {
      client ??= await openClient();
      const [id, host] = [await client.send(letter, signal), await client.host()];
      return id === undefined ? { status: 'accepted' } : { status: 'accepted', ref: `<${id}@${host}>` };
    } catch (error) {
      const hide = createRedactor((await client?.keys()) ?? []);
      return outcomeOfSes(error as SesTrouble, (text) => hide(say(text)));
    }
  };
}

/** Whether Amazon lets this account send; null: these keys may not ask that. */
export async function askSes(
  say: (text: string) => string,
): Promise<{ readonly outcome: SendOutcome; readonly account: Account | null }> {
  let client: Client | undefined;
  try {
    client = await openClient();
    return { outcome: { status: 'accepted' }, account: await client.account() };
  } catch (error) {
    if ((error as SesTrouble).name === 'AccessDeniedException')
      return { outcome: { status: 'accepted' }, account: null };
    const hide = createRedactor((await client?.keys()) ?? []);
    return { outcome: outcomeOfSes(error as SesTrouble, (text) => hide(say(text))), account: null };
  }
}

export interface Account {
  readonly maySend: boolean;
  /** To addresses that are not verified as well. */
  readonly mayTellAll: boolean;
}

interface Client {
  account(): Promise<Account>;
  send(letter: Letter, signal: AbortSignal): Promise<string | undefined>;
  /** What stands behind the @ of its ids. */
  host(): Promise<string>;
  /** Whatever it signs with. */
  keys(): Promise<readonly string[]>;
}

async function openClient(): Promise<Client> {
  const { GetAccountCommand, SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
  const ses = new SESv2Client({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });
  return {
    async account() {
      const { SendingEnabled, ProductionAccessEnabled } = await ses.send(new GetAccountCommand({}));
      return { maySend: SendingEnabled !== false, mayTellAll: ProductionAccessEnabled !== false };
    },
    async host() {
      const region = await ses.config.region();
      return `${region === 'us-east-1' ? 'email' : region}.amazonses.com`;
    },
    keys: () =>
      ses.config.credentials().then(
        ({ accessKeyId, secretAccessKey, sessionToken }) => [accessKeyId, secretAccessKey, sessionToken ?? ''],
        () => [],
      ),
    async send(letter, signal) {
      const command = new SendEmailCommand({
        FromEmailAddress: letter.from.address,
        Destination: { ToAddresses: [...letter.envelope.to] },
        Content: { Raw: { Data: await rawOf(letter) } },
      });
      return (await ses.send(command, { abortSignal: signal })).MessageId;
    },
  };
}

async function rawOf(letter: Letter): Promise<Uint8Array> {
  const { createTransport } = await import('nodemailer');
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return (await writer.sendMail({ ...mutable(letter), disableFileAccess: true, disableUrlAccess: true }))
    .message as Buffer;
}
