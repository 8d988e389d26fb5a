import type { FilterFile } from '../../../config/filters/load.ts';
import type { LineFault } from '../../../config/filters/sheet.ts';
import { quote } from '../../../config/formats.ts';
import { optionsOf } from '../../../config/rules/entry.ts';
import { readSentence } from '../../../config/rules/sentence.ts';

const NEED = 'asks for tickets, and none are set up; write tickets: { jira: … } in a file, or remove it';

/** What of files needs tickets, where there are none: sentences, and channels of their kind. */
export function withoutTickets({ filters, parts }: Pick<FilterFile, 'filters' | 'parts'>): readonly LineFault[] {
  const sentences = filters.flatMap(({ filter, line, alertLines }) =>
    (filter.alerts ?? []).flatMap((entry, index): LineFault[] => {
      const { when = '' } = optionsOf(entry);
      const read = readSentence(when);
      if ('fault' in read || read.condition.kind !== 'unticketed') return [];
      return [{ line: alertLines[index] ?? line, text: `alerts[${index}]: ${quote(when)} ${NEED}` }];
    }),
  );
  const channels = parts.filter(({ section, texts }) => section === 'channels' && Object.hasOwn(texts, 'jira'));
  return [...sentences, ...channels.map(({ name, line }) => ({ line, text: `channels.${name}: ${NEED}` }))];
}
