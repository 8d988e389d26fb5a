import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip, gzipSync } from 'node:zlib';
import { unpack } from '../../src/integrations/vendors/logs/unpack.ts';
import { createLineSplitter } from '../../src/core/logs/lines/split-lines.ts';
import { archived, openReading } from '../support/logs/read.ts';
import { TRACEBACKS } from '../support/logs/tracebacks.ts';
import { pythonLine } from './logs-before.ts';
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
/** Wanted: so many times as fast as a reader in Python, a line. */
const LEAST_FASTER = 20;
/** The unpacked text is read so often for that. */
const READ_TIMES = 200;

/**
 * An archive of logs, read into events in this process: against Node's own gunzip and splitting alone, by turns, and a
 * line of the unpacked text against a reader in Python. One look of each comes first and is not counted. Ratios are of
 * CPU.
 */
export async function logRows({ reps }: Plan): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  try {
    const file = join(folder, 'archive.tsv.gz');
    const { events: wanted, text } = await writeArchive(file);
    const before = pythonLine(folder, text);
    const looks: Look[] = [];
    for (let n = 0; n <= reps; n++) looks.push(await look(file));
    const bad = looks.find(({ events }) => events !== wanted);
    if (bad !== undefined) throw new Error(`${bad.events} events, wanted ${wanted}`);
    const counted = looks.slice(1);
    const ratio = spread(counted.map(({ cpu, alone }) => cpu / alone)).median;
    const { cpu } = await timed(async () => void (await readAll(unpackedAlready(text, READ_TIMES))));
    const line = (cpu / (READ_TIMES * text.split('\n').length)) * 1e6;
    const against = [`${ratio.toFixed(1)} × gunzip and splitting (wanted ≤ ${MOST_TIMES})`, faster(before, line)];
    const more = Math.max(...counted.map(({ memory }) => memory));
    const time = spread(counted.map(({ ms }) => ms));
    return [
      {
        section: 'Logs',
        name: `an archive of ${SIZE} MB, ${STREAMS} streams among each other`,
        time: `${time.median.toFixed(0)} ms (${time.min.toFixed(0)}–${time.max.toFixed(0)})`,
        against: against.join('; '),
        cpu: `${line.toFixed(0)} ns a line, unpacked`,
        peak: `${more.toFixed(0)} MB more (wanted < ${MOST_MB})`,
        numbers: `${wanted} events, each once`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function faster(before: number | null, line: number): string {
  if (before === null) return 'Python: NOT RUN, there is no /usr/bin/python3';
  const times = (before / line).toFixed(1);
  return `${times} × as fast as Python, ${before.toFixed(0)} ns a line (wanted ≥ ${LEAST_FASTER})`;
}

interface Look {
  /** CPU of unpacking and splitting alone, and of all, ms. */
  readonly alone: number;
  readonly cpu: number;
  /** On the wall. */
  readonly ms: number;
  readonly events: number;
  /** MB. */
  readonly memory: number;
}

async function look(file: string): Promise<Look> {
  const { cpu: alone } = await timed(() => splitAlone(file));
  const before = process.memoryUsage.rss();
  let events = 0;
  const taken = await timed(async () => void (events = await readAll(unpack(createReadStream(file, READ)))));
  return { alone, ...taken, events, memory: (process.memoryUsage.rss() - before) / 1e6 };
}

async function timed(work: () => Promise<void>): Promise<{ readonly cpu: number; readonly ms: number }> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1000, ms: performance.now() - began };
}

const READ = { highWaterMark: 262_144 };

/** As Node has it. */
function unpacked(file: string): AsyncIterable<Buffer> {
  return createReadStream(file, READ).pipe(createGunzip({ chunkSize: 65_536 }));
}

/** The text so often, as a file of it would come. */
function* unpackedAlready(text: string, times: number): Iterable<Buffer> {
  const bytes = Buffer.from(text);
  for (let n = 0; n < times; n++)
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
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

async function readAll(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
  const reading = openReading({ format: 'papertrail' });
  const splitter = createLineSplitter();
  let events = 0;
  for await (const piece of pieces) {
    splitter.push(piece, reading.line);
    events += reading.take().events.length;
  }
  splitter.end(reading.line);
  reading.end();
  return events + reading.take().events.length;
}

/**
 * Gives back how many events are in it, and the text that comes again and again. Lines are as unlike each other as
 * those of real programs, and some letters are more than a byte: gunzip has its share of the work, as it has of a real
 * archive.
 */
async function writeArchive(file: string): Promise<{ events: number; text: string }> {
  const all = Object.values(TRACEBACKS);
  const random = numbers(7);
  const lines: string[] = [];
  let events = 0;
  for (let n = 0; n < PIECE_LINES; n++) {
    const stream = `machine-${random(STREAMS)} web.debug`;
    lines.push(
      archived(idOf(n, 0), stream, `${stampOf(n)} 20285/worker-${random(7)} : INFO  acme.update: ${said(random)}`),
    );
    if (n % EVERY !== 0) continue;
    lines.push(...all[events++ % all.length]!.map((line, at) => archived(idOf(n, at + 1), stream, line)));
  }
  const text = `${lines.join('\n')}\n`;
  const packed = gzipSync(text);
  const times = Math.ceil((SIZE * 1e6) / text.length);
  const out = (await open(file, 'w')).createWriteStream();
  for (let n = 0; n < times; n++) if (!out.write(packed)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  return { events: events * times, text };
}

/** Whole numbers below another one, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

function idOf(n: number, at: number): string {
  return `${700_594_297_313 + n}${String(at).padStart(6, '0')}`;
}

function stampOf(n: number): string {
  const [minute, second] = [Math.floor(n / 60) % 60, n % 60].map((it) => String(it).padStart(2, '0'));
  return `29/Nov/2026:00:${minute}:${second}.${n % 1000}`;
}

const WORDS = 'account Zoë order item update fetch store cache worker retry queue user page sync batch rule took'.split(
  ' ',
);

/** Words, and what differs in every line: numbers and ids. */
function said(random: (below: number) => number): string {
  const words = Array.from({ length: 6 + random(8) }, () => WORDS[random(WORDS.length)]!);
  return `${words.join(' ')} ${random(1e6)} ${random(2 ** 31).toString(16)} in ${random(9_000)} ms`;
}
