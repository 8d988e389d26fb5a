import { bearer } from '../../../src/server/http/auth.ts';
import { listen } from '../../../src/server/listen.ts';
import { type Stage, stageOf } from '../build/app.ts';
import { fakeSink, type FakeSink, fakeSource } from '../build/fakes.ts';
import { type Answer, ask, bearerLine, hangUpAll, request } from './raw-http.ts';

const TOKEN = 'token-0123456789';
/** The header of who may post. */
export const AUTH = bearerLine(TOKEN);
export const RUN = request('POST /run', [AUTH]);

/** A whole app behind the server, to which strangers send bytes. */
export interface Posts {
  readonly stage: Stage;
  readonly sink: FakeSink;
  readonly port: number;
  /** Runs that began. */
  runs(): number;
  send(bytes: string | Buffer, count?: number): Promise<Answer[]>;
  close(): Promise<void>;
}

export async function openPosts(): Promise<Posts> {
  const sink = fakeSink();
  const stage = stageOf(fakeSource(), [sink], { authorize: bearer([TOKEN]) });
  const deps = { sleep: async () => undefined, abort: () => undefined };
  const { port, close } = await listen(stage.app, { host: '127.0.0.1', port: 0 }, deps);
  return {
    stage,
    sink,
    port,
    runs: () => stage.log.texts().filter((text) => text === 'run begins').length,
    send: (bytes, count) => ask(port, bytes, count),
    close: async () => {
      hangUpAll();
      await close(0);
    },
  };
}
