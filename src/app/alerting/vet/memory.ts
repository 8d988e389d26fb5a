import type { FilterFile } from '../../../config/filters/load.ts';
import type { LineFault } from '../../../config/filters/sheet.ts';
import { quote } from '../../../config/formats.ts';
import { optionsOf } from '../../../config/rules/entry.ts';
import { readSentence } from '../../../config/rules/sentence.ts';
import type { Condition } from '../../../core/model/alerting/rule.ts';
import { DAY_MS } from '../../../core/model/window.ts';

const NEED = 'needs a ledger: without one the service remembers a day, and nothing after a restart';
const SET = 'set LEDGER_URL, such as sqlite:./ledger.db';

/** What is wrong with alerts that look back further than a process remembers by itself. */
export function tooFarBack({ filters }: Pick<FilterFile, 'filters'>): readonly LineFault[] {
  const all = filters.flatMap(({ filter, line, alertLines }) =>
    (filter.alerts ?? []).flatMap((entry, index): LineFault[] => {
      const { when = '', tell = filter.tell ?? [] } = optionsOf(entry);
      const read = readSentence(when);
      const remedy = 'fault' in read ? undefined : remedyFor(read.condition);
      if (remedy === undefined || [tell].flat().length === 0) return [];
      const text = `alerts[${index}]: ${quote(when)} ${NEED}; ${SET}, or ${remedy}`;
      return [{ line: alertLines[index] ?? line, text }];
    }),
  );
  return [...new Map(all.map((it) => [`${it.line} ${it.text}`, it])).values()];
}

/** Undefined: a day is enough for it. */
function remedyFor(condition: Condition): string | undefined {
  if (condition.kind === 'top') return 'remove it';
  return 'spanMs' in condition && condition.spanMs > DAY_MS ? 'write at most 1d' : undefined;
}
