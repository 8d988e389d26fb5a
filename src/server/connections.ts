import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Bounds {
  /** Open connections. */
  readonly connections: number;
  /** Requests whose answers have not wholly gone out, over all connections. */
  readonly requests: number;
  /** The same of one connection: the answer to the last one closes it. */
  readonly pipelined: number;
}

/** A connection and what it is owed. */
export interface Connection {
  readonly socket: Socket;
  /** Answers that have not wholly gone out, in order. */
  readonly owed: Set<ServerResponse>;
  /** The youngest answer, owed or gone. */
  last?: ServerResponse;
  /** Requests that came after an answer with `Connection: close`. */
  ignored: number;
  /** How many bytes had come when they were no HTTP any more. */
  brokenAt?: number;
}

/**
 * All connections. Above a bound the newcomer is let in and the one that is needed least is cut: so `healthz` and a cron
 * with a valid token get through while a stranger holds all of them.
 */
export interface Connections {
  opened(socket: Socket): void;
  /** Undefined for one that was cut or has closed. */
  lineOf(socket: Duplex): Connection | undefined;
  /** Whether the request is to be handled; else nobody waits for its answer. */
  admit(request: IncomingMessage, response: ServerResponse): boolean;
  cutAll(): void;
}

export function createConnections(bounds: Bounds): Connections {
  /** Least recently used first. */
  const lines = new Map<Duplex, Connection>();
  const count = { requests: 0 };
  const forget = ({ socket, owed }: Connection): void => {
    lines.delete(socket);
    count.requests -= owed.size;
    owed.clear();
  };
  const cut = (line: Connection): void => {
    forget(line); // at once: that a socket has closed is heard only later, and more may come meanwhile
    line.socket.destroy();
  };
  const note = (line: Connection, response: ServerResponse): void => {
    lines.delete(line.socket);
    lines.set(line.socket, line);
    line.last = response;
    line.owed.add(response);
    count.requests++;
    response.once('close', () => void (line.owed.delete(response) && count.requests--));
    if (line.owed.size >= bounds.pipelined) response.setHeader('Connection', 'close');
    if (count.requests > bounds.requests) cut(mostOwed(lines));
  };
  return {
    lineOf: (socket) => lines.get(socket),
    cutAll: () => [...lines.values()].forEach(cut),
    opened: (socket) => {
      const line: Connection = { socket, owed: new Set(), ignored: 0 };
      lines.set(socket, line);
      socket.once('close', () => forget(line));
      if (lines.size > bounds.connections) cut(leastNeeded(lines) ?? line);
    },
    admit: ({ socket }, response) => {
      const line = lines.get(socket);
      if (line === undefined) return false;
      if (!isClosing(line)) note(line, response);
      // Node keeps what is ignored until the connection has closed, which a client that takes in nothing puts off.
      else if (++line.ignored > bounds.pipelined) cut(line);
      return line.owed.has(response);
    },
  };
}

/** A request is wholly here and its answer is not: its client is right to be silent. */
export function isAwaited({ owed }: Connection): boolean {
  return [...owed].some(({ req, headersSent }) => req.complete && !headersSent);
}

/** After an answer with `Connection: close` nothing counts that follows (RFC 9112 §9.6), also what came in one piece with it. */
function isClosing({ socket, last }: Connection): boolean {
  return !socket.writable || last?.getHeader('connection') === 'close';
}

function leastNeeded(lines: ReadonlyMap<Duplex, Connection>): Connection | undefined {
  for (const line of lines.values()) if (!isAwaited(line)) return line;
  return undefined;
}

function mostOwed(lines: ReadonlyMap<Duplex, Connection>): Connection {
  return [...lines.values()].reduce((most, line) => (line.owed.size > most.owed.size ? line : most));
}
