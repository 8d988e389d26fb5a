import { commaList, flag, wholeNumber } from '../../../config/formats.ts';
import type { Intake } from '../../../core/ports/events/intake.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { queueAddress } from '../../vendors/aws/queue/address.ts';
import { casesKey, timingsKey } from '../../vendors/logs/keys.ts';
import type { Settings } from './intake.ts';

/** Sentry's events out of a queue of Amazon's SQS; Amazon's clients are loaded with the first look. */
export const sqs = plugin<Intake, Settings>({
  settings: {
    queue: { doc: 'Address of the queue', format: queueAddress, default: null, env: 'intakes.sqs', key: 'sqs' },
    buckets: {
      doc: 'Buckets of S3 that its events may lie in, with commas between them; default all',
      format: commaList(),
      default: null,
      optional: true,
      env: 'intakes.sqs.buckets',
      key: 'buckets',
    },
    create: {
      doc: 'Whether the queue is made where there is none',
      format: flag,
      default: false,
      env: 'intakes.sqs.create',
      key: 'create',
    },
    tries: {
      doc: 'How often a message is received whose object is missing, until it is a reject',
      format: wholeNumber(1, 100),
      default: 5,
      env: 'intakes.sqs.tries',
      key: 'tries',
    },
    timings: timingsKey('intakes.sqs.timings'),
    cases: casesKey('intakes.sqs.cases'),
  },
  wantedBy: [],
  create(settings, deps, name): Intake {
    const load = once(async () => (await import('./intake.ts')).createSqs(settings, deps, name));
    return {
      ...{ name, isTimed: settings.timings !== undefined },
      take: async (...given) => (await load()).take(...given),
      trial: { to: 'sqs', put: async (...given) => (await load()).put(...given) },
    };
  },
});
