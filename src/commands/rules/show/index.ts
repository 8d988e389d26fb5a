import type { World } from '../../../app/world.ts';
import { redactAll } from '../../../platform/redact.ts';
import { asMarkdown } from '../../summary/as-markdown.ts';
import { asText } from '../../summary/as-text.ts';
import { wrapped } from '../../summary/wrap.ts';
import { changesOf, channelChanges, ruleChanges } from './changes.ts';
import { messageLines, messageTable } from './messages.ts';
import { channelsTable, headOf, rulesTable } from './tables.ts';
import type { Tried } from './tried.ts';

export interface Style {
  readonly isJson: boolean;
  readonly isMarkdown: boolean;
  redact(text: string): string;
}

/** On one output, without secrets. */
export function showTrial(tried: Tried, { isJson, isMarkdown, redact }: Style, { out }: World): void {
  if (isJson) return void out.write(`${JSON.stringify(redactAll(bodyOf(tried), redact), null, 2)}\n`);
  out.write(redact(`${isMarkdown ? markdownOf(tried) : textOf(tried)}\n`));
}

/** A contract. `before`: only with files as they were. */
function bodyOf({ messages, before, history: { basis } }: Tried): object {
  return { messages, basis, ...(before === undefined ? {} : { before: { messages: before } }) };
}

/** The sums come last: a terminal shows the end. */
function textOf(tried: Tried): string {
  const { messages, before } = tried;
  const lists =
    before === undefined
      ? [messageLines(messages)]
      : changesOf(before, messages).map(({ heading, messages: some }) => `${heading}\n${messageLines(some)}`);
  const notes = notesOf(tried).map((note) => wrapped(note, 3));
  return [...lists.filter((it) => it !== ''), asText(sumsOf(tried)), ...notes].join('\n\n');
}

function markdownOf(tried: Tried): string {
  const { messages, before } = tried;
  const lists =
    before === undefined
      ? messageTable(messages)
      : changesOf(before, messages).flatMap(({ heading, messages: some }) => [
          { words: heading },
          ...messageTable(some),
        ]);
  return asMarkdown([...sumsOf(tried), ...notesOf(tried).map((words) => ({ words })), ...lists]);
}

function sumsOf(tried: Tried) {
  const tables =
    tried.before === undefined
      ? [channelsTable(tried), rulesTable(tried)]
      : [channelChanges(tried.before, tried), ruleChanges(tried.before, tried)];
  return [{ heading: headOf(tried) }, ...tables];
}

function notesOf({ history: { notes }, before }: Tried): readonly string[] {
  const same = 'both are tried on what the filters count now; preview --against shows what they count otherwise';
  return before === undefined ? notes : [...notes, same];
}
