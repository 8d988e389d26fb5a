import { pino, type DestinationStream } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from './core/ports.ts';
import type { Mask } from './mask.ts';

export interface LogOptions {
  readonly level: string;
  readonly format: 'json' | 'pretty';
  /** Name of this server, on every line. */
  readonly server: string;
}

/** The program's log: one JSON object a line (or coloured lines for people), with every known secret masked. */
export function createLog(options: LogOptions, mask: Mask, out: { write(line: string): unknown }): Log {
  const masked: DestinationStream = { write: (line) => void out.write(mask(line)) };
  const stream = options.format === 'pretty' ? prettyStream(masked) : masked;
  return pino({ level: options.level, base: { server: options.server }, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}

function prettyStream(masked: DestinationStream): DestinationStream {
  const format = pretty.prettyFactory({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname,server' });
  return { write: (line) => masked.write(format(line)) };
}
