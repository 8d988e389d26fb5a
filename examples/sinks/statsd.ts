import { createSocket, type Socket } from 'node:dgram';
import { text, wholeNumber } from '../../src/config/formats.ts';
import { knownCounts } from '../../src/core/model/make-report.ts';
import type { Item, Outcome } from '../../src/core/model/item.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Sink } from '../../src/core/ports/sink.ts';
import { plugin, type SinkPlugin } from '../../src/integrations/plugin.ts';

interface Settings {
  readonly host: string;
  readonly port: number;
}

/** Below the 1,432 bytes that pass any Ethernet in one piece. */
const LIMITS = { items: 25, bytes: 1400 };

/** Gauges of events over UDP, which nobody acknowledges. */
export const statsd: SinkPlugin = plugin<Sink, Settings>({
  settings: {
    host: {
      doc: 'Host of statsd',
      format: text(/[\w.:-]+/, 'a host'),
      default: null,
      env: 'STATSD_HOST',
      key: 'statsd',
    },
    port: { doc: 'Its port', format: wholeNumber(1, 65_535), default: 8125, env: 'STATSD_PORT' },
  },
  wantedBy: ['STATSD_HOST'],
  create: ({ host, port }, _deps, name) => ({
    name,
    // The same gauge once more is the same gauge.
    repeatSafe: true,
    // It knows no time but that of arrival: an older window would stand in the wrong place.
    maxAgeMs: 15 * 60_000,
    limits: LIMITS,
    encode,
    uncorrectable: 'a gauge of five minutes ago cannot be set any more; leave it out of RECOUNT_SINKS',
    async send(items, { meter, signal }) {
      if (signal.aborted) return items.map(() => ended(name));
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      try {
        meter.sent();
        await sendOne(
          socket,
          items.map(({ body: { line } }) => (typeof line === 'string' ? line : '')).join('\n'),
          host,
          port,
        );
        // NOTE: all that UDP can say is that it left. Whoever needs to know more needs another way to send.
        return items.map(() => ({ status: 'accepted' }));
      } catch (error) {
        return items.map(() => failed(name, error));
      } finally {
        socket.close();
      }
    },
  }),
});

function encode(report: Report): readonly Item[] {
  return knownCounts(report).flatMap(({ project, events }) => {
    if (events === null) return [];
    const line = `sentry.events.${clean(report.filter.name)}.${clean(project)}:${events}|g`;
    return [{ key: JSON.stringify([report.id, report.revision, project]), body: { line } }];
  });
}

/** `.`, `:` and `|` mean something to statsd. */
function clean(name: string): string {
  return name.replaceAll(/[^\w-]/g, '_');
}

/** Rejects for what is known at once: no such host, no route. */
function sendOne(socket: Socket, packet: string, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    socket.once('error', fail);
    socket.send(packet, port, host, (error) => (error === null ? done() : fail(error)));
  });
}

function failed(name: string, error: unknown): Outcome {
  const why = (error as NodeJS.ErrnoException).code ?? 'an error without a code';
  return { status: 'failed', fault: { message: `${name}: cannot send (${why}); check STATSD_HOST`, retryable: true } };
}

function ended(name: string): Outcome {
  return { status: 'failed', fault: { message: `${name}: not sent, the run has ended`, retryable: true } };
}
