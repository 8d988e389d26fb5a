import type { LogSettings } from '../../../src/integrations/vendors/logs/keys.ts';

/** An intake of logs of which nothing is said. */
export const LOG_SETTINGS: LogSettings = {
  ...{ timeZone: 'UTC', context: 3, lookBack: 100, level: undefined, exceptions: undefined, deny: undefined },
  ...{ merge: undefined, keep: undefined, enrich: undefined, noise: undefined, timings: undefined, scrub: undefined },
  cases: undefined,
};
