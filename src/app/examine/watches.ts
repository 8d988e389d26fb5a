import { compile } from '@jmespath-community/jmespath';
import type { FoundPart } from '../../config/filters/load.ts';
import type { Finding } from '../../core/ports/finding.ts';

/** Values of watches that cannot be taken out of any answer: otherwise that is told at their first look. */
export function watchFindings(watches: readonly FoundPart[]): readonly Finding[] {
  return watches.flatMap(({ name, file, lines, texts }): readonly Finding[] => {
    const why = faultOf(texts['value']!);
    if (why === null) return [];
    const say = `${name}: value: is no expression of JMESPath: ${why}; see jmespath.org`;
    return [{ check: `${name} value`, status: 'failed', where: `${file}:${lines.get('value')!}`, say }];
  });
}

function faultOf(expression: string): string | null {
  try {
    compile(expression);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
