import http, { type ClientRequest, Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import https, { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Tells whether anything of one request can have gone out, so that what certainly did not may be sent again. */
export interface Departure {
  readonly left: boolean;
  /** For axios: what makes its connection. */
  readonly connection: object;
}

/** A request that may be stored twice: nobody needs to know. */
export const UNWATCHED: Departure = { left: true, connection: {} };

/**
 * A connection of its own for one request, and whether the request has left on it.
 * NOTE: what must not be stored twice never uses a kept connection: one that the server just closed
 * looks like an answer that got lost, and the items would be uncertain for nothing.
 */
export function watchDeparture(url: string): Departure {
  const departure = { left: false };
  const isSecure = url.startsWith('https:');
  const request = (options: RequestOptions, answered: (answer: IncomingMessage) => void): ClientRequest => {
    departure.left = false;
    const asked = (isSecure ? https : http).request(options, answered);
    return asked.once('socket', (socket) => watch(asked, socket, isSecure, () => void (departure.left = true)));
  };
  return {
    get left() {
      return departure.left;
    },
    connection: {
      transport: { request },
      httpAgent: new HttpAgent({ keepAlive: false }),
      httpsAgent: new HttpsAgent({ keepAlive: false }),
    },
  };
}

/** Nothing goes out before the connection stands, with TLS before the certificate was found good. */
function watch(request: ClientRequest, socket: Socket, isSecure: boolean, leaves: () => void): void {
  if (socket instanceof TLSSocket) {
    socket.once('secureConnect', leaves);
    // The last byte was taken; for sockets that never say that they are connected.
    request.once('finish', leaves);
  }
  // A proxy that refuses to connect us: its answer comes on a plain socket, and the request stays here.
  else if (socket.constructor === Socket && isSecure) return;
  else if (socket.constructor === Socket && socket.connecting) socket.once('connect', leaves);
  // Already connected, or of a kind that says nothing of itself.
  else leaves();
}
