import { realFiles } from '../../../src/platform/real-files.ts';
import type { Deps } from '../../../src/integrations/plugin.ts';
import { createHttp } from '../../../src/platform/http/client.ts';
import { pictureUrl } from '../../../src/platform/pictures/address.ts';
import { createPictures } from '../../../src/platform/pictures/pictures.ts';
import { createRedactor } from '../../../src/platform/redact.ts';
import { type Clock, createClock } from '../time/clock.ts';
import { createLogBook } from './scope.ts';

export interface TestDeps extends Deps {
  readonly clock: Clock;
}

/** What a plug-in gets: the real HTTP over mocks, a clock that jumps, ids that count. */
export function depsOf(clock: Clock = createClock(), secrets: readonly string[] = []): TestDeps {
  let ids = 0;
  const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => 0, userAgent: 'sentry-monitor/0.0.0' });
  return {
    clock,
    now: clock.now,
    sleep: clock.sleep,
    server: 'host-1',
    files: realFiles,
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    http,
    log: createLogBook(),
    redact: createRedactor(secrets),
    pictures: createPictures(),
    pictureUrl: (message) => pictureUrl('https://monitor.example.com', message),
  };
}
