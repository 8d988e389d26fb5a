import { STOP_MS } from '../../src/app/apm.ts';
import { type Collector, startCollector, startWiretap, type Wiretap } from '../support/apm/collector.ts';
import { startLively, startWatched, type Watched } from '../support/apm/service.ts';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import type { RemoteSandbox } from '../support/process/services.ts';

/** The service has nothing in hand then: closing takes half a second, telling New Relic `STOP_MS` at the most. */
export const STOP_LIMIT_MS = STOP_MS + 3_000;

/** What a suite of real processes with the agent works with; each test has a collector and a wiretap of its own. */
export interface ApmStage {
  readonly sandbox: RemoteSandbox;
  readonly collector: Collector;
  readonly wiretap: Wiretap;
  start(env?: Readonly<Record<string, string | undefined>>, files?: Readonly<Record<string, string>>): Promise<Watched>;
  connected(): Promise<void>;
}

/** To be called in a `describe`. */
export function apmStage(): ApmStage {
  let sandbox: RemoteSandbox;
  let collector: Collector;
  let wiretap: Wiretap;

  before(async () => {
    sandbox = await startLively();
  });
  beforeEach(async () => {
    collector = await startCollector();
    wiretap = await startWiretap(sandbox.url);
  });
  afterEach(async () => {
    await collector.close();
    await wiretap.close();
  });
  after(() => endProcesses());

  const start = (
    env: Readonly<Record<string, string | undefined>> = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<Watched> =>
    startWatched(
      sandbox,
      { NEW_RELIC_ENABLED: 'true', NEW_RELIC_TRACER_THRESHOLD: '0.001', ...collector.env('{folder}/ca.pem'), ...env },
      { 'ca.pem': collector.cert, ...files },
      wiretap.url,
    );
  const connected = (): Promise<void> => until('the agent is connected', () => collector.of('connect').length > 0);

  return {
    get sandbox() {
      return sandbox;
    },
    get collector() {
      return collector;
    },
    get wiretap() {
      return wiretap;
    },
    start,
    connected,
  };
}
