import { createRequire } from 'node:module';
import { type DestinationStream, pino } from 'pino';
import type { prettyFactory } from 'pino-pretty';
import type { Log } from '../core/ports/scope.ts';
import type { Redact } from './redact.ts';

export interface LogOptions {
  readonly level: string;
  readonly format: 'json' | 'pretty';
  /** Name of this server, on every line. */
  readonly server: string;
}

// Only who wants coloured lines loads what makes them; at once, because a crash cannot wait for it.
const require = createRequire(import.meta.url);

/** The program's log: one JSON object a line (or coloured lines for people), with every known secret masked. */
export function createLog(options: LogOptions, redact: Redact, out: { write(line: string): unknown }): Log {
  const redacted: DestinationStream = { write: (line) => void out.write(redact(line)) };
  const stream = options.format === 'pretty' ? prettyStream(redacted) : redacted;
  return pino(
    { level: options.level, base: { server: options.server }, timestamp: pino.stdTimeFunctions.isoTime },
    stream,
  );
}

function prettyStream(redacted: DestinationStream): DestinationStream {
  const pretty = require('pino-pretty') as { readonly prettyFactory: typeof prettyFactory };
  const format = pretty.prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname,server' });
  return { write: (line) => redacted.write(format(line)) };
}
