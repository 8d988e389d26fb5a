import { inWords, plain, secret } from '../../../config/formats.ts';
import { linkOf } from '../../../core/logs/events/link.ts';
import type { Intake } from '../../../core/ports/events/intake.ts';
import { once } from '../../../platform/late.ts';
import { plugin } from '../../plugin.ts';
import { queueAddress } from '../../vendors/aws/queue/address.ts';
import { hostOf } from '../../vendors/aws/sns/topic.ts';
import { logKeys } from '../../vendors/logs/keys.ts';
import type { Settings } from './intake.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:archives';
const PAGE = 'https://papertrailapp.com/events?centered_on_id={id}';

/** Archives of logs that Papertrail puts into a bucket of S3; Amazon's client is loaded with the first of them. */
export const papertrail = plugin<Intake, Settings>({
  settings: {
    place: {
      doc: 'Where the archives lie; s3://acme-logs/papertrail/logs',
      format: inWords('s3:// with a bucket and a prefix', (text, show) => {
        const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*?))?\/*$/.exec(plain(text, show));
        if (found === null)
          throw new Error(`${show(text)} is no place in S3; write it such as s3://acme-logs/papertrail`);
        return { bucket: found[1]!, prefix: found[2] ?? '' };
      }),
      default: null,
      env: 'intakes.papertrail',
      key: 'papertrail',
    },
    queue: {
      doc: 'Address of a queue of SQS whose messages are notifications of S3',
      format: queueAddress,
      default: null,
      ...{ optional: true, env: 'intakes.papertrail.queue', key: 'queue' },
    },
    topic: {
      doc: 'Topic of SNS whose signed envelopes may be posted without a token',
      format: inWords('the ARN of a topic', (text, show) => {
        const topic = plain(text, show);
        if (hostOf(topic) === null) throw new Error(`${show(topic)} is no ARN of a topic; write one such as ${TOPIC}`);
        return topic;
      }),
      default: null,
      ...{ optional: true, env: 'intakes.papertrail.topic', key: 'topic' },
    },
    token: {
      doc: 'Token of Papertrail’s live search, which is read beside the archives',
      format: secret(10),
      default: null,
      ...{ optional: true, sensitive: true, env: 'intakes.papertrail.token', key: 'token' },
    },
    page: {
      doc: 'Page of a log line, with {id} where its id stands, and {program} or {server_name}',
      format: inWords('an address with {id} in it', (text, show) => {
        const page = plain(text, show);
        if (!/^https?:\/\/[^\s{}@]+\/\S*$/.test(page) || !page.includes('{id}'))
          throw new Error(`${show(page)} is no address with {id} in it; write one such as ${PAGE}`);
        return page;
      }),
      default: PAGE,
      ...{ env: 'intakes.papertrail.page', key: 'page' },
    },
    ...logKeys('papertrail'),
  },
  wantedBy: [],
  create(settings, deps, name): Intake {
    const load = once(async () => (await import('./intake.ts')).createPapertrail(settings, deps, name));
    return {
      name,
      isTimed: settings.timings !== undefined,
      orders: ['file', 'days'],
      takesSigned: settings.topic !== undefined,
      linkOf: ({ id, tags }) => linkOf(settings.page, id, tags),
      take: async (...given) => (await load()).take(...given),
      ask: async (...given) => (await load()).ask(...given),
    };
  },
});
