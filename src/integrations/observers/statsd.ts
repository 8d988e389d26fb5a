import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { ofPlainRuns, type RunListener } from '../../core/ports/run-listener.ts';

/** Name of the counter, in Datadog's rules for names. */
const COUNTER = 'sentry_monitor.run';

/** Where a DogStatsD server listens. */
export interface StatsdPlace {
  readonly host: string;
  readonly port: number;
}

/**
 * Counts plain runs at a DogStatsD server (an agent of Datadog, statsd_exporter) by what they came to: tag `outcome` is
 * `ok`, `partial` or `failed`. UDP answers nothing, so one that is lost is not sent again, which could count it twice.
 */
export function statsd(place: StatsdPlace): RunListener {
  return ofPlainRuns({
    name: 'statsd',
    ended: async ({ outcome }, { log }) => {
      try {
        await sendTo(place, `${COUNTER}:1|c|#outcome:${outcome}`);
      } catch (error) {
        log.error({ error: (error as Error).message }, 'statsd not told; check STATSD_URL');
      }
    },
  });
}

async function sendTo({ host, port }: StatsdPlace, line: string): Promise<void> {
  const { address, family } = await lookup(host);
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      // NOTE: an error of a socket that nobody listens to ends the process.
      socket.on('error', reject);
      socket.send(line, port, address, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    socket.close();
  }
}
