import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectionLimits {
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
 * All connections. Above a limit the newcomer is let in and the one that is needed least is cut: so `healthz` and a
 * cron with a valid token get through while a stranger holds all of them.
 */
export interface Connections {
  opened(socket: Socket): void;
  /** Undefined for one that was cut or has closed. */
  find(socket: Duplex): Connection | undefined;
  /** Whether the request is to be handled; else nobody waits for its answer. */
  admit(request: IncomingMessage, response: ServerResponse): boolean;
  cutAll(): void;
}

export function createConnections(limits: ConnectionLimits): Connections {
  const { find, open, owe, cut, all, total } = createTable();
  return {
    find,
    cutAll: () => all().forEach(cut),
    opened: (socket) => {
      const connection = open(socket);
      if (total().connections > limits.connections) cut(leastNeeded(all()) ?? connection);
    },
    admit: ({ socket }, response) => {
      const connection = find(socket);
      if (connection === undefined) return false;
      if (isClosing(connection)) {
        // Node keeps what is ignored until the connection has closed; a client that takes in nothing puts that off.
        if (++connection.ignored > limits.pipelined) cut(connection);
        return false;
      }
      owe(connection, response);
      if (connection.owed.size >= limits.pipelined) response.setHeader('Connection', 'close');
      if (total().requests > limits.requests) cut(mostOwed(all()));
      return connection.owed.has(response);
    },
  };
}

/** What is open, and what all are owed together. */
interface Table {
  find(socket: Duplex): Connection | undefined;
  open(socket: Socket): Connection;
  owe(connection: Connection, response: ServerResponse): void;
  cut(connection: Connection): void;
  /** Least recently used first. */
  all(): readonly Connection[];
  total(): { readonly connections: number; readonly requests: number };
}

function createTable(): Table {
  const bySocket = new Map<Duplex, Connection>();
  let requests = 0;
  const forget = ({ socket, owed }: Connection): void => {
    bySocket.delete(socket);
    requests -= owed.size;
    owed.clear();
  };
  return {
    find: (socket) => bySocket.get(socket),
    all: () => [...bySocket.values()],
    total: () => ({ connections: bySocket.size, requests }),
    open: (socket) => {
      const connection: Connection = { socket, owed: new Set(), ignored: 0 };
      bySocket.set(socket, connection);
      socket.once('close', () => forget(connection));
      return connection;
    },
    owe: (connection, response) => {
      bySocket.delete(connection.socket);
      bySocket.set(connection.socket, connection);
      connection.last = response;
      connection.owed.add(response);
      requests++;
      response.once('close', () => void (connection.owed.delete(response) && requests--));
    },
    cut: (connection) => {
      forget(connection); // at once: that a socket has closed is heard only later, and more may come meanwhile
      connection.socket.destroy();
    },
  };
}

/** A request is wholly here and its answer is not: its client is right to be silent. */
export function isAwaited({ owed }: Connection): boolean {
  return [...owed].some(({ req, headersSent }) => req.complete && !headersSent);
}

/** Nothing counts that follows an answer with `Connection: close` (RFC 9112 §9.6), also when it came in one piece. */
function isClosing({ socket, last }: Connection): boolean {
  return !socket.writable || last?.getHeader('connection') === 'close';
}

function leastNeeded(connections: readonly Connection[]): Connection | undefined {
  return connections.find((connection) => !isAwaited(connection));
}

function mostOwed(connections: readonly Connection[]): Connection {
  return connections.reduce((most, it) => (it.owed.size > most.owed.size ? it : most));
}
