import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip, gzipSync } from 'node:zlib';
import { createLineSplitter, type Line } from '../../src/core/logs/lines/split-lines.ts';
import { archived, openReading } from '../support/logs/read.ts';
import { TRACEBACKS } from '../support/logs/tracebacks.ts';
import { spread } from './measure.ts';
import type { Plan, Row } from './rows.ts';

/** Of the archive, MB of text. */
const SIZE = 200;
const PIECE_LINES = 5_000;
const STREAMS = 14;
/** A traceback in so many lines. */
const EVERY = 170;
/** Wanted: at most so many times what unpacking and splitting alone take, and MB more, whatever the size. */
const MOST_TIMES = 3;
const MOST_MB = 60;

/**
 * An archive of logs, read into events in this process: against Node's own gunzip and splitting alone, by turns. One
 * look of each comes first and is not counted.
 */
export async function logRows({ reps }: Plan): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  try {
    const file = join(folder, 'archive.tsv.gz');
    const wanted = await writeArchive(file);
    const looks: Look[] = [];
    for (let n = 0; n <= reps; n++) looks.push(await look(file));
    const bad = looks.find(({ events }) => events !== wanted);
    if (bad !== undefined) throw new Error(`${bad.events} events, wanted ${wanted}`);
    const counted = looks.slice(1);
    const ratio = spread(counted.map(({ ms, alone }) => ms / alone)).median;
    const more = Math.max(...counted.map(({ memory }) => memory));
    const time = spread(counted.map(({ ms }) => ms));
    return [
      {
        section: 'Logs',
        name: `an archive of ${SIZE} MB, ${STREAMS} streams among each other`,
        time: `${time.median.toFixed(0)} ms (${time.min.toFixed(0)}–${time.max.toFixed(0)})`,
        against: `${ratio.toFixed(1)} × gunzip and splitting (wanted ≤ ${MOST_TIMES})`,
        peak: `${more.toFixed(0)} MB more (wanted < ${MOST_MB})`,
        numbers: `${wanted} events, each once`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Look {
  readonly alone: number;
  readonly ms: number;
  readonly events: number;
  /** MB. */
  readonly memory: number;
}

async function look(file: string): Promise<Look> {
  const alone = await timed(() => splitAlone(file));
  const before = process.memoryUsage.rss();
  let events = 0;
  const ms = await timed(async () => void (events = await readAll(file)));
  return { alone, ms, events, memory: (process.memoryUsage.rss() - before) / 1e6 };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function unpacked(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, { highWaterMark: 262_144 }).pipe(createGunzip({ chunkSize: 65_536 }));
}

async function splitAlone(file: string): Promise<void> {
  const decoder = new TextDecoder();
  let [rest, lines] = ['', 0];
  for await (const piece of unpacked(file)) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = parts.pop()!;
    lines += parts.length;
  }
  if (lines === 0) throw new Error('an empty archive');
}

async function readAll(file: string): Promise<number> {
  const reading = openReading({ format: 'papertrail' });
  const splitter = createLineSplitter();
  const take = ({ text, offset, left }: Line): void => reading.line(text, offset, left);
  let events = 0;
  for await (const piece of unpacked(file)) {
    splitter.push(piece, take);
    events += reading.take().events.length;
  }
  splitter.end(take);
  reading.end();
  return events + reading.take().events.length;
}

/** Gives back how many events are in it. */
async function writeArchive(file: string): Promise<number> {
  const all = Object.values(TRACEBACKS);
  const lines: string[] = [];
  let events = 0;
  for (let n = 0; n < PIECE_LINES; n++) {
    const stream = `machine-${n % STREAMS} web.debug`;
    lines.push(archived(n, stream, `29/Nov/2026:00:00:00.${n} 20285/worker-${n % 7} : INFO  acme.update: item ${n}`));
    if (n % EVERY !== 0) continue;
    lines.push(...all[events++ % all.length]!.map((line, at) => archived(`${n}000${at}`, stream, line)));
  }
  const text = `${lines.join('\n')}\n`;
  const packed = gzipSync(text);
  const times = Math.ceil((SIZE * 1e6) / text.length);
  const out = (await open(file, 'w')).createWriteStream();
  for (let n = 0; n < times; n++) if (!out.write(packed)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  return events * times;
}
