import http, { type ClientRequest, Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import https, { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type AddressGuard, guardedLookup } from './guarded-lookup.ts';

/** Whether anything of one request can have gone out: what certainly was not sent may be sent again. */
export interface SentWatch {
  readonly sent: boolean;
  /** For axios: what makes its connection. */
  readonly connection: object;
}

/** Of a request that may be stored twice: nobody needs to know. */
export const ALWAYS_SENT: SentWatch = { sent: true, connection: {} };

/**
 * A connection of its own for one request, watched.
 * NOTE: what must not be stored twice never uses a kept connection: one that the server just closed
 * looks like an answer that got lost, and the items would be uncertain for nothing.
 */
export function watchSent(url: string, guard?: AddressGuard): SentWatch {
  let sent = false;
  const isSecure = url.startsWith('https:');
  const request = (options: RequestOptions, answered: (answer: IncomingMessage) => void): ClientRequest => {
    sent = false;
    const asked = (isSecure ? https : http).request(options, answered);
    return asked.once('socket', (socket) => watch(asked, socket, isSecure, () => void (sent = true)));
  };
  const agent = { keepAlive: false, ...(guard === undefined ? {} : { lookup: guardedLookup(url, guard) }) };
  return {
    get sent() {
      return sent;
    },
    connection: { transport: { request }, httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent) },
  };
}

/** Nothing goes out before the connection stands, with TLS before the certificate was found good. */
function watch(request: ClientRequest, socket: Socket, isSecure: boolean, goesOut: () => void): void {
  if (socket instanceof TLSSocket) {
    socket.once('secureConnect', goesOut);
    // The last byte was taken; for sockets that never say that they are connected.
    request.once('finish', goesOut);
  }
  // A proxy that refuses to connect us: its answer comes on a plain socket, and the request stays here.
  else if (socket.constructor === Socket && isSecure) return;
  else if (socket.constructor === Socket && socket.connecting) socket.once('connect', goesOut);
  // Already connected, or of a kind that says nothing of itself.
  else goesOut();
}
