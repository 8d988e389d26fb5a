import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Answer, Reply } from '../build/http-mock.ts';

/** A conversation with a server of mail, and the mail that came in it. */
export interface Conversation {
  readonly commands: readonly string[];
  /** '': none came. */
  readonly text: string;
}

export interface SmtpPeer {
  readonly port: number;
  readonly conversations: readonly Conversation[];
  close(): Promise<void>;
}

/**
 * A server of mail that takes all, but for what it is told to answer, one reply a conversation. The header `at` says
 * at which command: CONN, EHLO, AUTH, MAIL, RCPT, DATA or, by default, `end` of a mail. `cut`: after a whole mail;
 * `refused`: nothing listens there.
 */
export async function smtpPeer(replies: readonly Reply[], hello: readonly string[] = []): Promise<SmtpPeer> {
  const conversations: Conversation[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => socket.destroy()));
    converse(socket, replies[conversations.length] ?? {}, hello, (it) => conversations.push(it));
  });
  const port = await listen(server);
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  if (replies[0] === 'refused') await close();
  return { port, conversations, close };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const GOOD: Readonly<Record<string, string>> = { AUTH: '235 in', DATA: '354 go on', QUIT: '221 bye' };

function converse(socket: Socket, reply: Reply, hello: readonly string[], note: (it: Conversation) => void): void {
  const conversation = { commands: [] as string[], text: '' };
  note(conversation);
  const given = typeof reply === 'object' ? reply : {};
  const at = given.headers?.['at'] ?? 'end';
  let [buffer, isData] = ['', false];
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const atEnd = (): void => {
    if (reply === 'cut') socket.destroy();
    else if (typeof reply === 'function') void Promise.resolve(reply({ headers: {}, query: [], text: '', body: null }));
    else say(at === 'end' ? lineOf(given, '250 2.0.0 taken') : '250 2.0.0 taken');
  };
  const command = (line: string): void => {
    const word = line.split(' ')[0]!.toUpperCase();
    conversation.commands.push(line);
    if (given.headers?.['cut'] === word) return void socket.destroy();
    if (at === word) return say(lineOf(given, '250 fine'));
    isData = word === 'DATA';
    say(
      word === 'EHLO'
        ? ['250-peer', ...hello.map((it) => `250-${it}`), '250 AUTH PLAIN'].join('\r\n')
        : (GOOD[word] ?? '250 fine'),
    );
  };
  say(at === 'CONN' ? lineOf(given, '220 peer') : '220 peer');
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(isData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const said = buffer.slice(0, end);
      buffer = buffer.slice(end + (isData ? 5 : 2));
      if (!isData) command(said);
      else {
        conversation.text = said;
        isData = false;
        atEnd();
      }
    }
  });
}

function lineOf({ status, body }: Answer, usual: string): string {
  if (status === undefined) return usual;
  return `${status} ${(typeof body === 'string' ? body : JSON.stringify(body ?? '')).replaceAll(/\s+/g, ' ')}`;
}
