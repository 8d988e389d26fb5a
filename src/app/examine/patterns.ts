import type { FoundPart } from '../../config/filters/load.ts';
import { entryKey } from '../../config/filters/parts/placed.ts';
import type { Finding } from '../../core/ports/finding.ts';
import { caseFaults, type PatternFault, patternFaults } from '../../integrations/vendors/logs/pattern-faults.ts';

/** Patterns of intakes that cannot be used: otherwise that is told when the intake is read; and cases that fail. */
export function patternFindings(intakes: readonly FoundPart[]): readonly Finding[] {
  return intakes.flatMap((part) => {
    const finding = (key: string, where: string, say: string): Finding => {
      return { check: `${part.name} ${key}`, status: 'failed', where, say: `${part.name}: ${say}` };
    };
    return [
      ...patternFaults(part.texts).map((it) => finding(it.key, whereIs(part, it), `${it.key}: ${it.say}`)),
      ...caseFaults(part.texts).map(({ index, say }) =>
        finding('cases', caseAt(part, index), `case ${index + 1} ${say}`),
      ),
    ];
  });
}

/** NOTE: cases may stand there as one text of JSON. */
function caseAt({ file, spots }: FoundPart, index: number): string {
  const { line, column } = (spots!.get(entryKey('cases', index)) ?? spots!.get('cases'))!;
  return `${file}:${line}:${column}`;
}

/**
 * file:line:column, of the letter that is wrong where the file has the pattern letter by letter, else of the text that
 * it is in. NOTE: an entry with a comma is several patterns: then nobody knows which entry it is.
 */
function whereIs(part: FoundPart, { key, index, of, source, at }: PatternFault): string {
  const { file, lines } = part;
  const isEach = lines.has(entryKey(key, of - 1)) && !lines.has(entryKey(key, of));
  const own = isEach ? entryKey(key, index) : key;
  const spot = part.spots!.get(own)!;
  const first = spot.written.indexOf(source);
  const isThere = first !== -1 && first === spot.written.lastIndexOf(source);
  const before = spot.written.slice(0, isThere ? first + at : 0).split('\n');
  const inLine = before.at(-1)!.length;
  const column = before.length === 1 ? spot.column + inLine : inLine + 1;
  return `${file}:${spot.line + before.length - 1}:${column}`;
}
