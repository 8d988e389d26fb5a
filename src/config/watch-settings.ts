import { flag, oneOf, plain, secretUrl, udpPlace } from './formats.ts';
import type { Schema } from './schema.ts';

/** Who watches the service from outside. */
export interface WatchSettings extends Apm {
  /** Of a dead man's switch. */
  readonly deadMansSwitch: string | undefined;
  /** Of a DogStatsD server that counts runs. */
  readonly statsd: { readonly host: string; readonly port: number } | undefined;
}

/** Who is told of our own failures, and when. */
export interface AdminSettings {
  /** Name of the channel that is told of our own failures. */
  readonly adminChannel: string | undefined;
  /** Undefined: it is told of each at once. */
  readonly adminCollect: 'weekly' | undefined;
}

export const adminSchema: Schema<AdminSettings> = {
  adminChannel: {
    env: 'ADMIN_CHANNEL',
    doc: "channel that is told of the service's own failures; without one nobody is",
    format: plain,
    default: null,
    optional: true,
  },
  adminCollect: {
    env: 'ADMIN_COLLECT',
    doc: 'weekly: ADMIN_CHANNEL gets one message each Monday at 08:00 UTC instead of each one; needs a ledger',
    format: oneOf('weekly'),
    default: null,
    optional: true,
  },
};

/** The service's own monitoring by New Relic's agent. */
interface Apm {
  readonly apm: boolean;
  readonly apmName: string;
}

export const watchSchema: Schema<Omit<WatchSettings, keyof Apm>> = {
  deadMansSwitch: {
    env: 'HEARTBEAT_URL',
    doc: "address of a dead man's switch (healthchecks.io, Sentry Crons) that is told of plain runs",
    format: secretUrl,
    default: null,
    optional: true,
    sensitive: true,
  },
  statsd: {
    env: 'STATSD_URL',
    doc: 'DogStatsD server that counts plain runs by what they came to (counter sentry_monitor.run, tag outcome)',
    format: udpPlace,
    default: null,
    optional: true,
  },
};

/** These two are also read by apm.cjs and by the agent itself. */
export const apmSchema: Schema<Apm> = {
  apm: {
    env: 'NEW_RELIC_ENABLED',
    doc: "the service's own monitoring (APM) by New Relic's agent",
    format: flag,
    default: false,
  },
  apmName: { env: 'NEW_RELIC_APP_NAME', doc: 'name of this service in APM', format: plain, default: 'sentry-monitor' },
};
