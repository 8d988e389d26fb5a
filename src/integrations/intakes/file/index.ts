import { flag, inWords, oneOf, plain } from '../../../config/formats.ts';
import type { Intake } from '../../../core/ports/events/intake.ts';
import { isOnDisk } from '../../../platform/real-files.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { logKeys } from '../../vendors/logs/keys.ts';
import type { Settings } from './intake.ts';

const FORMATS = ['django', 'python', 'gunicorn', 'celery', 'json', 'pattern'] as const;

/** Log files of this server, as they are written and rotated. */
export const file = plugin<Intake, Settings>({
  settings: {
    paths: {
      doc: 'Path of a log file, or a pattern of paths: * is any part of a name, ? a letter',
      format: inWords('a whole path, such as /var/log/acme/error.log', (text, show) => {
        const path = plain(text, show);
        if (!path.startsWith('/') || /\/\.\.?(?:\/|$)|\/\/|\/$/.test(path))
          throw new Error(`${show(path)} is no whole path of a file; write one such as /var/log/acme/error.log`);
        if (!isOnDisk(path)) throw new Error(`${show(path)} is no file on a disk; write one that is`);
        if (path.includes(',/'))
          throw new Error(
            `${show(path)} is more than one path; write an intake for each, or a pattern such as /var/log/*.log`,
          );
        return path;
      }),
      default: null,
      env: 'intakes.file',
      key: 'file',
    },
    format: {
      doc: 'What its lines look like',
      format: oneOf(...FORMATS),
      default: null,
      env: 'intakes.file.format',
      key: 'format',
    },
    pattern: {
      doc: 'Of the format `pattern`: the first line of a record, with named groups level, time, logger, message',
      format: (text, show) => plain(text, show),
      default: null,
      ...{ optional: true, env: 'intakes.file.pattern', key: 'pattern' },
    },
    from: {
      doc: 'Where a file is begun that is there at the first start',
      format: oneOf('end', 'start'),
      default: 'end',
      env: 'intakes.file.from',
      key: 'from',
    },
    shared: {
      doc: 'Whether the file lies on a disk that all servers share; else every server reads its own',
      format: flag,
      default: false,
      env: 'intakes.file.shared',
      key: 'shared',
    },
    ...logKeys('file'),
  },
  wantedBy: [],
  create(settings, deps, name): Intake {
    const load = once(async () => (await import('./intake.ts')).createFileIntake(settings, deps, name));
    return {
      ...{ name, isTimed: settings.timings !== undefined, orders: ['file'] },
      take: async (...given) => (await load()).take(...given),
      trial: { to: 'file', put: async (...given) => (await load()).put(...given) },
    };
  },
});
