import { wordsOf } from '../../logs/similar/similar.ts';

/** `Apr 16 23:37:09 host program: text`, and with another time. */
const TIME = '(?:[A-Z][a-z]{2} {1,2}\\d{1,2} \\d{2}:\\d{2}:\\d{2}|\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}\\S*)';
const SYSLOG = new RegExp(`^\\s*${TIME} (\\S+) ([^\\s:]+):(?: (.*))?$`);
/** Columns before the text of an archive's line; which of them say where it comes from. */
const COLUMNS = 9;
const SOURCE = 4;
const PROGRAM = 8;

const MARKER = /Traceback \(most recent call last\)/;

interface Pasted {
  /** Machine and program; null: the line does not say. */
  readonly origin: string | null;
  readonly text: string;
}

/**
 * The text of a ticket as if nobody else had written into it: of lines that were pasted out of a log those of other
 * machines are left out, the others stand together, without what the log put before them.
 */
export function withoutStrangers(text: string): string {
  const lines = text.split(/\r?\n/).map(pastedLine);
  const raising = new Set(lines.filter(({ text: it }) => MARKER.test(it)).map(({ origin }) => origin ?? ''));
  const streams = new Map<string, string[]>([['', []]]);
  let current = '';
  for (const { origin, text: said } of lines) {
    if (origin !== null && !raising.has(origin)) continue;
    current = origin ?? current;
    const stream = streams.get(current) ?? [];
    stream.push(said);
    streams.set(current, stream);
  }
  return [...streams.values()].map((stream) => stream.join('\n')).join('\n');
}

/** Words of a ticket by which its issues are found. */
export function plainWords(text: string): readonly string[] {
  return wordsOf(withoutStrangers(text));
}

function pastedLine(line: string): Pasted {
  const columns = line.split('\t');
  if (columns.length > COLUMNS)
    return { origin: `${columns[SOURCE]} ${columns[PROGRAM]}`, text: columns.slice(COLUMNS).join('\t') };
  const found = SYSLOG.exec(line);
  if (found === null) return { origin: null, text: line };
  const [, host, program, text = ''] = found;
  return { origin: `${host} ${program}`, text };
}
