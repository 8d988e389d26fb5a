import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { BackupTrouble } from '../../../core/backup/trouble.ts';
import type { TextRow } from './facts.ts';

/** Rows of tables as PostgreSQL's tools write and read them: `COPY … FROM stdin`, a line each, in plain text. */

/** A row with the table that it is of. */
export interface CopiedRow {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: TextRow;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};
const MEANT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
export const END = '\\.\n';

export function copyHead(table: string, columns: readonly string[]): string {
  return `COPY ${table} (${columns.join(', ')}) FROM stdin;\n`;
}

/** With its line break. */
export function copyLine(values: TextRow): string {
  const field = (text: string): string => text.replace(/[\\\b\f\n\r\t\v]/g, (letter) => ESCAPES[letter]!);
  return `${values.map((value) => (value === null ? '\\N' : field(value))).join('\t')}\n`;
}

export function valuesIn(line: string): TextRow {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null;
    return field.includes('\\') ? field.replace(/\\(.)/gs, (_, letter: string) => MEANT[letter] ?? letter) : field;
  });
}

const HEAD = /^COPY (?:[^ ]+\.)?"?(sentry_monitor_\w+)"? \(([^)]*)\) FROM stdin;$/;

/** The rows of a packed file, few of them in memory at a time. Rejects when it is damaged, or ends within a table. */
export async function* rowsIn(packed: string): AsyncGenerator<CopiedRow> {
  let head: Pick<CopiedRow, 'table' | 'columns'> | null = null;
  for await (const line of linesIn(packed)) {
    if (head === null) head = headIn(line);
    else if (line === '\\.') head = null;
    else yield { ...head, values: valuesIn(line) };
  }
  if (head !== null) throw new BackupTrouble(`the copy is damaged: it ends within ${head.table}`);
}

function headIn(line: string): Pick<CopiedRow, 'table' | 'columns'> | null {
  const [, table, columns] = HEAD.exec(line) ?? [];
  if (table === undefined) return null;
  return { table, columns: columns!.split(', ').map((name) => name.replaceAll('"', '')) };
}

async function* linesIn(packed: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const done = pipeline(createReadStream(packed), unpacked).catch(() => undefined);
  let rest: Buffer[] = [];
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        rest.push(chunk.subarray(from, at));
        yield Buffer.concat(rest).toString();
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    await done;
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
}

/** What a packed file that cannot be unpacked means; other trouble stays what it is. */
export function damaged(error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return code.startsWith('Z_') ? new BackupTrouble(`the copy is damaged: ${message}`) : error;
}
