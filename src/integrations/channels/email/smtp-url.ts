import { type Format, inWords } from '../../../config/formats.ts';

/** A server that takes mail. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** Nothing is said before STARTTLS. */
  readonly requireTLS: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const LOOKS = 'smtp://user:password@mail.example.com:587, or smtps:// with port 465';
/** A shorter one could not be hidden in logs without hiding other words. */
const LEAST_PASSWORD = 6;

/** The address of a server, as text: it is a secret as a whole. */
export const smtpUrl: Format<string> = inWords('the address of a mail server', (text) => {
  serverAt(text);
  return text;
});

/** NOTE: none of its errors shows the text, which holds a password. */
export function serverAt(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:\/\//i.test(text) || url.hostname === '')
    throw new Error(`is not the address of a mail server; write it as ${LOOKS}`);
  if (url.hash !== '' || !['', '/'].includes(url.pathname))
    throw new Error(
      'has a path or fragment; remove what follows the port, and write % and / of a password as %25, %2F',
    );
  const options = [...url.searchParams];
  const isKnown = options.every(([name, value]) => name === 'requireTLS' && ['true', 'false'].includes(value));
  if (!isKnown) throw new Error('has an option that is not known; write ?requireTLS=true, or nothing');
  const secure = url.protocol === 'smtps:';
  const [user, password] = [url.username, url.password].map(decoded);
  if ((user === '') !== (password === '')) throw new Error('has a user without a password, or the other way round');
  if (password !== '' && password!.length < LEAST_PASSWORD)
    throw new Error(`has a password of fewer than ${LEAST_PASSWORD} characters; use a longer one`);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: url.searchParams.get('requireTLS') === 'true',
    user: user === '' ? undefined : user,
    password: password === '' ? undefined : password,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a % in user or password that begins no escape; write it as %25');
  }
}
