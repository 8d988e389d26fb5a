import type { Pattern } from '../pattern.ts';
import type { LogReader } from '../record.ts';
import { headerReader, patternReader } from './by-header.ts';
import { jsonReader } from './json.ts';
import type { Level } from './levels.ts';
import { papertrailReader } from './papertrail.ts';

/** Formats of logs that are known; `pattern` is one's own. */
export type Format = 'django' | 'python' | 'gunicorn' | 'celery' | 'json' | 'papertrail' | 'pattern';

/** `pattern`: of the format of that name alone. */
export function readerOf(format: Format, pattern: Pattern | null = null): LogReader {
  switch (format) {
    case 'json':
      return jsonReader();
    case 'papertrail':
      return papertrailReader();
    case 'pattern':
      if (pattern === null) throw new TypeError('the format `pattern` needs a pattern');
      return patternReader(pattern);
    default:
      return headerReader(format);
  }
}

/** The least level that is an event, where nothing is said: Django's file of errors has nothing else in it. */
export function leastLevel(format: Format): Level {
  return format === 'django' ? 'debug' : 'error';
}
