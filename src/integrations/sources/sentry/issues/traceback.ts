import { isRecord, recordsIn, textOf } from '../../../vendors/aws/json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Of a chain the exceptions that were raised last, of each its newest calls. */
const MOST_CHAINED = 10;
const MOST_FRAMES = 100;
/** UTF-16 units of a line of code, and of what an exception says. */
const LINE = 300;
const SAID = 4_000;
const AGAIN = 'During handling of the above exception, another exception occurred:';

/**
 * What an event's entries say, as Python writes it, whatever language it comes from: each exception with its calls, the
 * newest call last, and what was raised last at the end. Without an exception its message; null: it has neither.
 */
export function tracebackOf(event: unknown): string | null {
  if (!isRecord(event)) return null;
  const entries = recordsIn(event['entries']);
  const raised = dataOf(entries, 'exception');
  const all = recordsIn(raised['values']).slice(-MOST_CHAINED);
  if (all.length > 0) return all.map(exceptionText).join(`\n\n${AGAIN}\n\n`);
  const message = dataOf(entries, 'message');
  const said = textOf(message['formatted']) ?? textOf(message['message']) ?? textOf(event['message']);
  return said === null ? null : said.slice(0, SAID);
}

function dataOf(entries: readonly Fields[], type: string): Fields {
  const data = entries.find((entry) => entry['type'] === type)?.['data'];
  return isRecord(data) ? data : {};
}

function exceptionText({ type, value, stacktrace }: Fields): string {
  const frames = isRecord(stacktrace) ? recordsIn(stacktrace['frames']) : [];
  const left = Math.max(0, frames.length - MOST_FRAMES);
  const calls = [
    ...(left === 0 ? [] : [`  (${left} calls are left out here)`]),
    ...frames.slice(left).flatMap(frameLines),
  ];
  const said = [textOf(type) ?? 'Error', textOf(value)].filter((it) => it !== null).join(': ');
  const head = calls.length === 0 ? [] : ['Traceback (most recent call last):', ...calls];
  return [...head, said.slice(0, SAID)].join('\n');
}

function frameLines(frame: Fields): readonly string[] {
  const { lineNo: line } = frame;
  const file = textOf(frame['absPath']) ?? textOf(frame['filename']) ?? textOf(frame['module']) ?? '?';
  const at = Number.isSafeInteger(line) ? `, line ${String(line)}` : '';
  const code = codeOf(frame);
  const call = `  File "${oneLine(file)}"${at}, in ${oneLine(textOf(frame['function']) ?? '?')}`;
  return code === null ? [call] : [call, `    ${oneLine(code)}`];
}

/** The line of code itself, among those around it. */
function codeOf({ context, lineNo }: Fields): string | null {
  const lines: readonly unknown[] = Array.isArray(context) ? context : [];
  const own = lines.find((line) => Array.isArray(line) && line[0] === lineNo) as readonly unknown[] | undefined;
  return textOf(own?.[1]);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, LINE);
}
