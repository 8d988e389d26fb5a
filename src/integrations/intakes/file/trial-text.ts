import type { Format } from '../../../core/logs/readers/index.ts';
import type { TriedError } from '../../../core/ports/events/intake.ts';

/** Of the tried error's only call. */
const FRAME = '  File "sentry-monitor", line 1, in simulate';

/** An error as programs write it in this format, with its line feed; null: the format is somebody's own. */
export function triedRecord(error: TriedError, format: Format): string | null {
  const head = headOf(error, format);
  return head === null ? null : `${head}\n`;
}

function headOf(error: TriedError, format: Format): string | null {
  const { id, at, value } = error;
  const [time, said] = [new Date(at).toISOString(), `${value} ${id}`];
  const [day, clock] = [time.slice(0, 10), time.slice(11, 23)];
  const below = tracebackOf(error);
  switch (format) {
    case 'django':
      return `ERROR ${day} ${clock}Z ${said}\n${below}`;
    case 'python':
      return `${day} ${clock}Z - sentry-monitor - ERROR - ${said}\n${below}`;
    case 'gunicorn':
      return `[${day} ${clock} +0000] [1] [ERROR] ${said}\n${below}`;
    case 'celery':
      return `[${day} ${clock}Z: ERROR/MainProcess] ${said}\n${below}`;
    case 'json':
      return jsonOf(error, said, below);
    default:
      return null;
  }
}

function jsonOf({ at, environment }: TriedError, message: string, exception: string): string {
  const where = environment === undefined ? {} : { environment };
  return JSON.stringify({
    ...{ time: new Date(at).toISOString(), level: 'error', logger: 'sentry-monitor' },
    ...{ message, exc_info: exception, ...where },
  });
}

function tracebackOf({ type, value }: TriedError): string {
  return ['Traceback (most recent call last):', FRAME, `${type}: ${value}`].join('\n');
}
