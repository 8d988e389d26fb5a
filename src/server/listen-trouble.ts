import { createServer } from 'node:net';

/** Why nobody can listen at an address. */
export interface ListenTrouble {
  /** The variable to change. */
  readonly variable: 'PORT' | 'HOST';
  /** What is wrong; what to do. */
  readonly text: string;
  /** Somebody listens there already. */
  readonly isTaken?: boolean;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const TROUBLES: Readonly<Record<string, (place: Place) => ListenTrouble>> = {
  EADDRINUSE: ({ host, port }) => ({
    variable: 'PORT',
    isTaken: true,
    text: `${port} on ${host} is taken by another process (EADDRINUSE); stop it, or choose another port`,
  }),
  EACCES: ({ port }) => ({
    variable: 'PORT',
    text: `${port} is not for this user (EACCES); choose one from 1024 on, or allow it (CAP_NET_BIND_SERVICE)`,
  }),
  EADDRNOTAVAIL: ({ host }) => ({
    variable: 'HOST',
    text: `${host} is no address of this machine (EADDRNOTAVAIL); write one that is, 127.0.0.1 or 0.0.0.0`,
  }),
  ENOTFOUND: ({ host }) => ({ variable: 'HOST', text: `there is no host ${host} (ENOTFOUND); write an address` }),
};

/** What an error of `listen` means. */
export function listenTrouble(error: unknown, place: Place): ListenTrouble {
  const { code, message } = error as NodeJS.ErrnoException;
  return TROUBLES[code ?? '']?.(place) ?? { variable: 'PORT', text: `cannot be listened on: ${message}` };
}

/** Listens for a moment: why that cannot be done; null: it can. */
export function tryToListen(place: Place): Promise<ListenTrouble | null> {
  return new Promise((done) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => done(listenTrouble(error, place)));
    server.listen(place, () => server.close(() => done(null)));
  });
}
