import type { Agent } from '../../src/app/apm.ts';
import { createRedactor } from '../../src/platform/redact.ts';
import { createLogBook, type LogBook } from '../support/build/scope.ts';

export const TOKEN = 'anodot-token-0123';

export interface FakeAgent extends Agent {
  readonly told: unknown[];
}

/** Notes what it is told; `isBroken` ones throw at every call, `isDeaf` ones never call back. */
export function fakeAgent({ isBroken = false, isDeaf = false } = {}): FakeAgent {
  const told: unknown[] = [];
  const tell = (...words: unknown[]): void => {
    if (isBroken) throw new Error('agent');
    told.push(words);
  };
  return {
    told,
    startBackgroundTransaction: (name, group, work) => {
      tell('begins', name, group);
      return work();
    },
    addCustomAttributes: (attributes) => tell('attributes', attributes),
    noticeError: (error, attributes) => tell('error', error.name, error.message, error.stack, attributes),
    shutdown: (options, done) => {
      tell('shutdown', options);
      if (!isDeaf) done();
    },
  };
}

export function depsOf(): {
  log: LogBook;
  redact: (text: string) => string;
  server: string;
  slept: number[];
  sleep(ms: number): Promise<void>;
} {
  const slept: number[] = [];
  return {
    log: createLogBook(),
    redact: createRedactor([TOKEN]),
    server: 'host-1',
    slept,
    sleep: async (ms) => void slept.push(ms),
  };
}
