import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a service and its database, and can stop there what is on its way. */
export interface Proxy {
  readonly port: number;
  /** From the next bytes to the database on that hold this text, nothing passes any more, in no connection. */
  holdAt(text: string): void;
  /**
   * The next bytes to the database that hold this text do not reach it.
   * Their connection is cut at that moment, once.
   */
  cutAt(text: string): void;
  /** How many connections were cut so. */
  cuts(): number;
  /** Statements that were executed through it so far, the beginnings and ends of transactions included. */
  statements(): number;
  /** It came to that. */
  held(): boolean;
  /** Ends all connections and takes no new ones. */
  sever(): void;
  /** What the database says comes so much later, ms. */
  delay(ms: number): void;
  /** Everything passes again, at once. */
  restore(): void;
  /** Takes no connection any more, as a server that is not running; `start`: it runs again, at the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** PostgreSQL's messages that set off a statement: a simple query, and Sync at the end of an extended one. */
const STATEMENTS = new Set(['Q', 'S']);

/** Tells how many statements the bytes complete; the first message of a connection bears no type. */
function statementsIn(): (bytes: Buffer) => number {
  let rest = Buffer.alloc(0);
  let isFirst = true;
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let count = 0; ;) {
      const from = isFirst ? 0 : 1;
      if (rest.length < from + 4 || rest.length < from + rest.readInt32BE(from)) return count;
      if (!isFirst && STATEMENTS.has(String.fromCharCode(rest[0]!))) count++;
      rest = rest.subarray(from + rest.readInt32BE(from));
      isFirst = false;
    }
  };
}

export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const state = {
    text: null as string | null,
    cut: null as string | null,
    cuts: 0,
    isHeld: false,
    isSevered: false,
    lateMs: 0,
    statements: 0,
  };
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    track(near);
    if (state.isSevered) return void near.destroy();
    const far = track(connect(target, HOST));
    const count = statementsIn();
    near.on('data', (bytes: Buffer) => {
      state.statements += count(bytes);
      if (state.cut !== null && bytes.includes(state.cut)) {
        Object.assign(state, { cut: null, cuts: state.cuts + 1 });
        return void near.destroy();
      }
      state.isHeld ||= state.text !== null && bytes.includes(state.text);
      if (!state.isHeld) far.write(bytes);
    });
    far.on('data', (bytes) => {
      const pass = (): void => void (state.isHeld || near.destroyed || near.write(bytes));
      if (state.lateMs === 0) pass();
      else setTimeout(pass, state.lateMs);
    });
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((done) => void server.listen(0, HOST, done));
  const { port } = server.address() as AddressInfo;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  const stop = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      cut();
    });
  return {
    port,
    stop,
    start: () => new Promise<void>((done) => void server.listen(port, HOST, done)),
    holdAt: (text) => void (state.text = text),
    cutAt: (text) => void (state.cut = text),
    cuts: () => state.cuts,
    statements: () => state.statements,
    held: () => state.isHeld,
    sever: () => {
      state.isSevered = true;
      cut();
    },
    delay: (ms) => void (state.lateMs = ms),
    restore: () => {
      Object.assign(state, { text: null, isHeld: false, isSevered: false, lateMs: 0 });
      cut();
    },
    close: stop,
  };
}
