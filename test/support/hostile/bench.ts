import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { problem, reply } from '../../../src/server/http/responses.ts';
import { LIMITS, listen, type Listening, type ServerLimits } from '../../../src/server/listen.ts';
import { type Answer, hangUpAll, request } from './raw-http.ts';

/** More than the system keeps between the two ends of a connection, bytes. */
export const BIG = 48 * 1024 * 1024;

/** Answered at once with its path. */
export const QUICK = request('GET /quick');
/** Waits for `release`. */
export const HELD = request('GET /held');

/**
 * The real server over a stand-in for the app.
 * Paths: /held waits, /refused is 401, /big is answered with much, all others with their path.
 */
export interface Stand {
  serve(limits?: Partial<ServerLimits>): Promise<number>;
  /** Paths in the order they were handled. */
  readonly handled: readonly string[];
  /** Answers to /held that wait. */
  readonly held: readonly ServerResponse[];
  readonly big: readonly ServerResponse[];
  release(): void;
  /** Ends the server alone. */
  stop(): Promise<void>;
  /** Ends all clients too. */
  close(): Promise<void>;
}

export function createStand(): Stand {
  const [handled, held, big]: [string[], ServerResponse[], ServerResponse[]] = [[], [], []];
  let listening: Listening | undefined;
  const handle: RequestListener = (incoming, response) => {
    const url = incoming.url!;
    handled.push(url);
    if (url === '/held') held.push(response);
    else if (url === '/refused') problem(response, 401, 'no');
    else if (url === '/big') big.push((reply(response, 200, 'text/plain', 'x'.repeat(BIG)), response));
    else reply(response, 200, 'text/plain', url);
  };
  const stop = async (): Promise<void> => {
    await listening?.close(0);
    listening = undefined;
  };
  return {
    handled,
    held,
    big,
    stop,
    serve: async (limits = {}) => {
      const app = { express: undefined as never, handle, stop: () => undefined, idle: async () => undefined };
      listening = await listen(
        app,
        { host: '127.0.0.1', port: 0 },
        { sleep: async () => undefined, abort: () => undefined },
        { ...LIMITS, ...limits },
      );
      return listening.port;
    },
    release: () => held.splice(0).forEach((response) => reply(response, 200, 'text/plain', '/held')),
    close: async () => {
      hangUpAll();
      await stop();
    },
  };
}

/** Bodies of what was answered 200, statuses of the rest. */
export function gist(answers: readonly Answer[]): string[] {
  return answers.map(({ status, body }) => (status === 200 ? body : String(status)));
}

/** That closes, with the headers of every problem. */
export function assertLastProblem(answer: Answer | undefined, status: number, title: string, detail: string): void {
  assert.deepEqual(JSON.parse(answer?.body ?? 'null'), {
    type: `docs/faults.md#http-${status}`,
    title,
    status,
    detail,
  });
  const { headers } = answer!;
  assert.deepEqual(
    [headers['sentry-monitor-sent'], headers['content-type'], headers['connection'], headers['cache-control']],
    ['none', 'application/problem+json; charset=utf-8', 'close', 'no-store'],
  );
}
