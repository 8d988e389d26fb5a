import type { Head } from '../record.ts';
import { LEVEL, levelOf } from './levels.ts';

/** A form of header: its pattern with named groups, of the whole line. */
export interface HeaderForm {
  readonly name: string;
  readonly pattern: RegExp;
  /** Of a header that names no level. */
  readonly level?: string;
}

const TIME = String.raw`(?<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)`;
const COMMON_TIME = String.raw`(?<time>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: [+-]\d{4})?)`;
const NAMED_LEVEL = LEVEL.replace('(', '(?<level>');
const NAME = String.raw`(?<logger>[\w.\-]+)`;
const REST = String.raw`(?: (?<message>.*))?`;

function form(name: string, ...parts: readonly string[]): HeaderForm {
  return { name, pattern: new RegExp(`^${parts.join('')}$`, 's') };
}

/** `LEVEL time path module line message`, `LEVEL time module process thread message`, `LEVEL time message`. */
const LEVEL_FIRST = [
  form(
    'level-first-path',
    `${NAMED_LEVEL} ${TIME}`,
    String.raw` (?<path>[^\s:]*[/\\][^\s:]*) (?<logger>[\w.]+) (?<line>\d+)`,
    REST,
  ),
  form(
    'level-first-verbose',
    `${NAMED_LEVEL} ${TIME}`,
    String.raw` (?<logger>[\w.]+) (?<process>\d+) (?<thread>\d+)`,
    REST,
  ),
  form('level-first', `${NAMED_LEVEL} ${TIME}`, REST),
];
const BRACKET_TIME = [
  form('bracket-time', String.raw`\[${TIME}\] ${NAMED_LEVEL} \[(?<logger>[\w.\-]+)(?::(?<line>\d+))?\]`, REST),
  form('bracket-time-plain', String.raw`\[${TIME}\] ${NAMED_LEVEL}`, String.raw`(?::| in [\w.]+:)?`, REST),
];
const TIME_FIRST = [
  form('time-first-dashes', `${TIME} - ${NAME} - ${NAMED_LEVEL} -`, REST),
  form('time-first-bracket', `${TIME} `, String.raw`\[${NAMED_LEVEL}\]`, ` ${NAME}:`, REST),
  form('time-first-bracket-plain', `${TIME} `, String.raw`\[${NAMED_LEVEL}\]`, REST),
  form('time-first-colons', `${TIME} ${NAMED_LEVEL}:${NAME}:`, '(?<message>.*)'),
  form('time-first', `${TIME} ${NAMED_LEVEL}`, ` +${NAME}:?`, REST),
];
const LOGURU = form(
  'loguru',
  String.raw`${TIME} \| ${NAMED_LEVEL} *\| (?<logger>[^:\s]+):(?<function>[^:\s]+):(?<line>\d+) - (?<message>.*)`,
);
const GUNICORN = form('gunicorn', String.raw`\[${TIME}\] \[(?<process>\d+)\] \[${NAMED_LEVEL}\]`, REST);
const CELERY = form('celery', String.raw`\[${TIME}: ${NAMED_LEVEL}/(?<thread>[^\]\s]+)\]`, REST);
const CHERRYPY = { ...form('cherrypy', String.raw`\[${COMMON_TIME}\] (?<logger>[A-Z][\w.]*)`, REST), level: 'info' };
const COMMON = form(
  'common',
  `${COMMON_TIME} `,
  String.raw`(?<thread>\S+) *: ${NAMED_LEVEL} +(?<logger>[\w.]+):`,
  REST,
);
/** Without a time: `LEVEL:logger:message`, and `LEVEL:` padded with blanks. */
const BASIC = form('basic', `${NAMED_LEVEL}:${NAME}:`, '(?<message>.*)');
const PADDED = form('padded', String.raw`(?=.{10}\S)(?!.{9}\S)${NAMED_LEVEL}: +(?<message>.*)`);

const DATED = [...LEVEL_FIRST, ...BRACKET_TIME, ...TIME_FIRST];

/** The forms that a format knows, the first that fits counts. */
export const FORMS: Readonly<Record<'django' | 'python' | 'gunicorn' | 'celery', readonly HeaderForm[]>> = {
  django: DATED,
  python: [...DATED, LOGURU, GUNICORN, CELERY, CHERRYPY, COMMON, BASIC, PADDED],
  gunicorn: [GUNICORN, ...DATED],
  celery: [CELERY, ...DATED],
};

/** The header that a line is; null: it is none. A header fits as a whole: no line is believed for its first word. */
export function headIn(text: string, forms: readonly HeaderForm[]): Head | null {
  if (!mayBegin(text)) return null;
  for (const { pattern, level } of forms) {
    const found = pattern.exec(text)?.groups;
    if (found !== undefined) return headOf(level === undefined ? found : { ...found, level });
  }
  return null;
}

/** A header begins with a time, a bracket, or a level's word: most lines are told apart by their first letter. */
function mayBegin(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 48 && code <= 57) || code === 91 || (code >= 65 && code <= 90);
}

/** A head of a pattern's named groups, whoever wrote it. */
export function headOf(groups: Readonly<Record<string, string | undefined>>): Head {
  const { level, time, logger, path, line, function: name, process, thread, message, ...others } = groups;
  const tags = Object.entries(others).filter((it): it is [string, string] => it[1] !== undefined && it[1] !== '');
  return {
    level: level === undefined ? 'error' : levelOf(level),
    time: time ?? null,
    logger: logger ?? null,
    path: path ?? null,
    line: line === undefined ? null : Number(line),
    function: name ?? null,
    thread: thread ?? process ?? null,
    message: message ?? '',
    tags: Object.fromEntries(tags),
  };
}
