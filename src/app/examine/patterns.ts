import type { FoundPart } from '../../config/filters/load.ts';
import type { Finding } from '../../core/ports/finding.ts';
import { patternFaults } from '../../integrations/vendors/logs/pattern-faults.ts';

/** Patterns of intakes that cannot be used: otherwise that is told when the intake is read. */
export function patternFindings(intakes: readonly FoundPart[]): readonly Finding[] {
  return intakes.flatMap(({ name, file, line, lines, texts }) =>
    patternFaults(texts).map(({ key, say }): Finding => {
      const where = `${file}:${lines.get(key) ?? line}`;
      return { check: `${name} ${key}`, status: 'failed', where, say: `${name}: ${key}: ${say}` };
    }),
  );
}
