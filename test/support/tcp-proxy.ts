import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a service and its database, and can stop there what is on its way. */
export interface Proxy {
  readonly port: number;
  /** From the next bytes to the database on that hold this text, nothing passes any more, in no connection. */
  holdAt(text: string): void;
  /** Statements that were executed through it so far (PostgreSQL's Sync messages). */
  statements(): number;
  /** It came to that. */
  held(): boolean;
  /** Ends all connections and takes no new ones. */
  sever(): void;
  /** Everything passes again. */
  restore(): void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const state = { text: null as string | null, isHeld: false, isSevered: false, statements: 0 };
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    track(near);
    if (state.isSevered) return void near.destroy();
    const far = track(connect(target, HOST));
    near.on('data', (bytes) => {
      if (bytes.includes(SYNC)) state.statements++;
      state.isHeld ||= state.text !== null && bytes.includes(state.text);
      if (!state.isHeld) far.write(bytes);
    });
    far.on('data', (bytes) => void (state.isHeld || near.write(bytes)));
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((done) => void server.listen(0, HOST, done));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    holdAt: (text) => void (state.text = text),
    statements: () => state.statements,
    held: () => state.isHeld,
    sever: () => {
      state.isSevered = true;
      cut();
    },
    restore: () => {
      Object.assign(state, { text: null, isHeld: false, isSevered: false });
      cut();
    },
    close: () => new Promise((done) => {
      server.close(() => done());
      cut();
    }),
  };
}
