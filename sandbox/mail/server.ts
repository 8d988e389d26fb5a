import { createServer, type Server, type Socket } from 'node:net';
import type { State } from '../world/state.ts';
import type { Reply } from './said.ts';
import { openSession, type Session } from './session.ts';

export type MailServer = { readonly server: Server; closeAllConnections(): void };

/** A server of mail, for a port of its own. `count`: the number of the next request over all vendors. */
export function createMailServer(state: State, count: () => number): MailServer {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.setEncoding('latin1');
    socket.on('close', () => open.delete(socket));
    // A peer that goes away is no trouble of ours.
    socket.on('error', () => socket.destroy());
    talk(socket, openSession(state, count));
  });
  return {
    server,
    closeAllConnections: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

function talk(socket: Socket, session: Session): void {
  let [buffer, isData] = ['', false];
  const act = (reply: Reply): void => {
    if (reply === 'cut') socket.destroy();
    if (reply === 'cut' || reply === 'hang') return;
    isData = reply.thenData === true;
    if (reply.thenEnd === true) socket.end(`${reply.say}\r\n`);
    else socket.write(`${reply.say}\r\n`);
  };
  socket.write('220 sandbox ESMTP\r\n');
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (let end = endIn(buffer, isData); end >= 0 && !socket.destroyed; end = endIn(buffer, isData)) {
      const said = buffer.slice(0, end);
      buffer = buffer.slice(end + (isData ? LAST_DOT.length : 2));
      act(isData ? session.mail(withoutDots(said)) : session.line(said));
    }
  });
}

const LAST_DOT = '\r\n.\r\n';

function endIn(buffer: string, isData: boolean): number {
  return buffer.indexOf(isData ? LAST_DOT : '\r\n');
}

/** A line that begins with a dot is sent with one more. */
function withoutDots(said: string): string {
  return `${said.replaceAll('\r\n..', '\r\n.').replace(/^\.\./, '.')}\r\n`;
}
