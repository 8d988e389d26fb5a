import { textOf } from '../lines/line.ts';
import type { Head, LogReader, Read, WholeRecord } from '../record.ts';
import { levelOf } from './levels.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Numbers of pino's levels. */
const NUMBERED = [
  [60, 'fatal'],
  [50, 'error'],
  [40, 'warning'],
  [30, 'info'],
] as const;
/** Fields that are no tags: they are read, or are the sender's own. */
const READ = new Set([
  ...'level levelname severity log.level levelno'.split(' '),
  ...'time timestamp ts @timestamp asctime created'.split(' '),
  ...'msg message event text record name logger logger_name lineno funcName pathname'.split(' '),
  ...'exception exc_info exc_text stack stack_info stack_trace err error error.stack_trace'.split(' '),
  ...'v user user_id release version environment env pid process thread threadName'.split(' '),
]);

/** One object a line: what pino, structlog, python-json-logger, loguru and their like write. */
export function jsonReader(): LogReader {
  return {
    format: 'json',
    identity: 'first',
    carriesOn: false,
    tagsOf: () => ({}),
    read(line): Read {
      const text = textOf(line);
      if (text.trim() === '') return { reason: 'an empty line' };
      const fields = parse(text);
      return fields === null ? { reason: 'the line is no JSON object' } : { whole: wholeOf(unwrapped(fields)) };
    },
  };
}

function parse(text: string): Fields | null {
  try {
    const value: unknown = /\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** NOTE: a number that JavaScript would round is an id, and stays as it was written. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? (context?.source ?? value)
    : value;
}

/** loguru puts its record into one. */
function unwrapped(fields: Fields): Fields {
  const { record, text } = fields;
  if (!isRecord(record)) return fields;
  const { level, time, exception, extra, ...rest } = record;
  const instant = isRecord(time) && typeof time['timestamp'] === 'number' ? time['timestamp'] * 1000 : null;
  const raised = isRecord(exception) ? { type: exception['type'], message: exception['value'] } : undefined;
  return {
    ...(isRecord(extra) ? extra : {}),
    ...{ level: isRecord(level) ? level['name'] : level, time: instant },
    ...{ message: rest['message'], name: rest['name'], funcName: rest['function'], lineno: rest['line'] },
    ...(raised === undefined ? {} : { exception: text, error: raised }),
  };
}

function wholeOf(fields: Fields): WholeRecord {
  const error = [fields['err'], fields['error'], fields['exception']].find(isRecord) ?? {};
  const traceback =
    wordIn(fields, 'exception', 'exc_info', 'exc_text', 'error.stack_trace', 'stack_trace') ??
    wordIn(error, 'stack', 'stack_trace') ??
    wordIn(fields, 'stack');
  const type = wordIn(error, 'type', 'name');
  return {
    stream: '',
    head: headOf(fields, error),
    traceback: traceback !== null && traceback.includes('\n') ? traceback : null,
    raised: type === null ? null : { type, message: wordIn(error, 'message', 'value') ?? '' },
    user: userOf(fields),
    environment: wordIn(fields, 'environment', 'env'),
    release: wordIn(fields, 'release', 'version'),
  };
}

function headOf(fields: Fields, error: Fields): Head {
  const line = fields['lineno'];
  const tags = Object.entries(fields).flatMap(([name, value]) => {
    const text = READ.has(name) ? null : plain(value);
    return text === null ? [] : [[name, text] as const];
  });
  return {
    level: levelIn(fields),
    time: timeIn(fields),
    logger: wordIn(fields, 'logger', 'logger_name', 'name'),
    path: wordIn(fields, 'pathname'),
    line: typeof line === 'number' ? line : null,
    function: wordIn(fields, 'funcName'),
    thread: null,
    message: wordIn(fields, 'msg', 'message', 'event') ?? wordIn(error, 'message') ?? '',
    tags: Object.fromEntries(tags),
  };
}

function levelIn(fields: Fields): string {
  const value = fields['level'] ?? fields['levelname'] ?? fields['severity'] ?? fields['log.level'];
  if (typeof value === 'number') return NUMBERED.find(([least]) => value >= least)?.[1] ?? 'debug';
  return typeof value === 'string' ? levelOf(value) : 'info';
}

/** As text that the written times' reader knows; numbers are epoch seconds or ms. */
function timeIn(fields: Fields): string | null {
  for (const name of ['time', 'timestamp', '@timestamp', 'ts', 'asctime', 'created']) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value !== 'number' || value <= 0) continue;
    const at = new Date(value < 1e11 ? value * 1000 : value);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  return null;
}

function userOf(fields: Fields): string | null {
  const user = fields['user'];
  if (isRecord(user)) return wordIn(user, 'id', 'username', 'email');
  return wordIn(fields, 'user', 'user_id');
}

function wordIn(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = plain(fields[name]);
    if (text !== null && text !== '') return text;
  }
  return null;
}

function plain(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
