import type { Fault } from '../http/faults.ts';
import type { State } from '../world/state.ts';
import { type Login, openLogin } from './login.ts';
import type { Reply, Said } from './said.ts';
import { takeMail } from './take.ts';

/** One conversation: what was said so far, and what is answered. */
export type Session = {
  line(text: string): Reply;
  /** A whole mail, its last dot read. */
  mail(raw: string): Reply;
};

type Envelope = { from: string | null; to: string[] };

/**
 * A server of mail that is strict about commands and mails. Faults of the vendor `mail` are at whole mails; with the
 * endpoint `smtp-command` at commands, which `match` chooses by their beginning.
 */
export function openSession(state: State, count: () => number): Session {
  const login = openLogin(state);
  let envelope: Envelope = { from: null, to: [] };
  return {
    line(text) {
      if (login.isAsking()) return login.answer(text);
      const isMeant = state.faults.waiting().some(({ endpoint }) => endpoint === 'smtp-command');
      const fault = isMeant ? state.faults.next('mail', 'smtp-command', text) : undefined;
      return withFault(fault, () => obey(text, login, envelope));
    },
    mail(raw) {
      const given = { from: envelope.from ?? '', to: envelope.to };
      envelope = { from: null, to: [] };
      return withFault(state.faults.next('mail', 'smtp', raw), () => {
        const why = takeMail(state, raw, given, { n: count() });
        return { say: why === undefined ? '250 2.0.0 taken' : `554 5.6.0 ${why}` };
      });
    },
  };
}

function withFault(fault: Fault | undefined, good: () => Said): Reply {
  if (fault === undefined) return good();
  const { kind, status = 451, body = '4.3.0 not now' } = fault;
  if (kind === 'cut' || kind === 'hang') return kind;
  if (kind !== 'stored-no-answer' && kind !== 'cut-body') return { say: `${String(status)} ${body}` };
  good();
  return 'cut';
}

const OK: Said = { say: '250 2.0.0 fine' };
const OUT_OF_ORDER: Said = { say: '503 5.5.1 out of order' };
const HELLO = '250-sandbox\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 10485760';

function obey(text: string, login: Login, envelope: Envelope): Said {
  const [word = '', ...others] = text.split(' ');
  const rest = others.join(' ');
  switch (word.toUpperCase()) {
    case 'EHLO':
      return { say: HELLO };
    case 'AUTH':
      return login.begin(rest);
    case 'MAIL':
      return login.isIn() ? sender(rest, envelope) : { say: '530 5.7.0 log in first' };
    case 'RCPT':
      return envelope.from === null ? OUT_OF_ORDER : recipient(rest, envelope);
    case 'DATA':
      return envelope.to.length === 0 ? OUT_OF_ORDER : { say: '354 go on', thenData: true };
    case 'NOOP':
      return OK;
    case 'QUIT':
      return { say: '221 bye', thenEnd: true };
    default:
      return { say: '502 5.5.1 not known' };
  }
}

function sender(rest: string, envelope: Envelope): Said {
  const address = /^FROM:<([\x21-\x3b\x3d\x3f-\x7e]+@[a-z0-9.-]+)>( BODY=8BITMIME| SIZE=\d+)*$/i.exec(rest)?.[1];
  if (address === undefined) return { say: '501 5.1.7 bad sender' };
  Object.assign(envelope, { from: address, to: [] });
  return OK;
}

function recipient(rest: string, { to }: Envelope): Said {
  const address = /^TO:<([\x21-\x3b\x3d\x3f-\x7e]+@[a-z0-9.-]+)>$/i.exec(rest)?.[1];
  if (address === undefined) return { say: '501 5.1.3 bad recipient' };
  if (address.startsWith('nobody@')) return { say: '550 5.1.1 no such user here' };
  to.push(address);
  return OK;
}
