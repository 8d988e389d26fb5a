import type { Head, LogReader } from '../record.ts';
import { cleanLine } from '../lines/clean-line.ts';
import { textOf } from '../lines/line.ts';
import { FORMS, headIn, headOf } from './headers.ts';
import { LEVEL } from './levels.ts';
import type { Pattern } from '../pattern.ts';

const LEVEL_WORD = new RegExp(`^${LEVEL}\\b`);

/** Logs whose records begin with a header: of a known format, or of a pattern of one's own. */
export function headerReader(format: keyof typeof FORMS): LogReader {
  return readerBy(format, (text) => headIn(text, FORMS[format]));
}

/** `pattern`: its named groups say what a header has: level, time, logger, path, line, function, thread, message. */
export function patternReader(pattern: Pattern): LogReader {
  return readerBy('pattern', (text) => {
    const groups = pattern.groups(text);
    return groups === null ? null : headOf(groups);
  });
}

function readerBy(format: string, headOfLine: (text: string) => Head | null): LogReader {
  return {
    format,
    identity: 'first',
    carriesOn: true,
    tagsOf: () => ({}),
    read(line) {
      const text = cleanLine(textOf(line));
      const head = headOfLine(text);
      const part = { stream: '', text, head, own: () => null };
      if (head !== null || !LEVEL_WORD.test(text)) return part;
      return { ...part, note: 'it begins with the word of a level, and is no header: it is of the record before it' };
    },
  };
}
