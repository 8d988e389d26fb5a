import type { FoundPart } from '../../config/filters/load.ts';
import { entryKey } from '../../config/filters/parts/placed.ts';
import type { Finding } from '../../core/ports/finding.ts';
import { patternFaults } from '../../integrations/vendors/logs/pattern-faults.ts';

/** Patterns of intakes that cannot be used: otherwise that is told when the intake is read. */
export function patternFindings(intakes: readonly FoundPart[]): readonly Finding[] {
  return intakes.flatMap(({ name, file, line, lines, texts }) =>
    patternFaults(texts).map(({ key, index, of, say }): Finding => {
      // NOTE: an entry with a comma is several patterns: then nobody knows which entry it is.
      const isEach = lines.has(entryKey(key, of - 1)) && !lines.has(entryKey(key, of));
      const where = `${file}:${(isEach ? lines.get(entryKey(key, index)) : lines.get(key)) ?? line}`;
      return { check: `${name} ${key}`, status: 'failed', where, say: `${name}: ${key}: ${say}` };
    }),
  );
}
