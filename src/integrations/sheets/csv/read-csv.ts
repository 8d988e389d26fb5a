import { parse } from 'csv-parse/sync';
import { type Grid, NoSheet } from '../../../core/people/sheets/table.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/** The cells of a text in CSV, empty rows included. Throws a NoSheet. */
export function readCsv(text: string): Grid {
  if (/^\s*</.test(text)) throw new NoSheet('is a web page; publish the sheet as CSV, and give that address');
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    const { lines } = error as { readonly lines: number };
    throw new NoSheet(`is no CSV, in line ${lines}: a quote is open, or out of place`);
  }
}

/** NOTE: whoever guesses by the rows takes the comma of a decimal for one between cells. */
function delimiterOf(text: string): string {
  const header = /^(?:"[^"]*"|[^"\r\n])*/.exec(text)![0].replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((it) => header.split(it).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
