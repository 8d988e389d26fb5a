import { type AwsDouble, startAws } from '../../../sandbox/aws/server.ts';
import type { ReceivedMessage } from '../../../sandbox/world/inbox.ts';
import type { Service } from '../e2e/service.ts';
import { type AlertBench, openAlertBench } from '../telling/alert-bench.ts';
import { sentryEvent } from './sentry-event.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};

/** Who gets mail, by channel; nobody is nobody. */
const PEOPLE = {
  lead: ['lead@example.com'],
  dev: ['dev@example.com'],
  team: ['lead@example.com', 'dev@example.com'],
  gone: ['lead@example.com', 'nobody@example.com'],
};

/** An event of the queue: when it happens, its issue, and what else it says. */
export interface Put {
  readonly at: number;
  readonly issue: number;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** Queues, services that read them, and people who get mail. */
export interface QueueBench extends AlertBench {
  readonly aws: AwsDouble;
  /** Of its services, and of commands beside them. */
  readonly env: Readonly<Record<string, string>>;
  /** Into the queue of that intake. */
  put(intake: string, ...events: readonly Put[]): void;
  /** A file with intakes of these queues, and the `PEOPLE` as channels. */
  serveQueues(filters: readonly Readonly<Record<string, unknown>>[], more?: QueueMore): Promise<Service>;
  /** Text of the file with these filters. */
  fileOf(
    filters: readonly Readonly<Record<string, unknown>>[],
    intakes?: readonly string[],
    file?: QueueMore['file'],
  ): string;
  mails(): readonly ReceivedMessage[];
  /** Moves on by so many ms, and posts. */
  next(service: Service, ms: number): Promise<void>;
}

export interface QueueMore {
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: string;
  readonly intakes?: readonly string[];
  /** More of the file; all that it has takes the place of what would stand there. */
  readonly file?: Readonly<Record<string, unknown>>;
}

/** NOTE: Amazon's clients look for keys in the process's own environment, and without them on the network. */
export function withKeys(): void {
  before(() => void Object.assign(process.env, KEYS));
  after(() => {
    for (const name of Object.keys(KEYS)) delete process.env[name];
  });
}

export async function openQueueBench(): Promise<QueueBench> {
  const bench = await openAlertBench('stopped');
  let waited = 0;
  const aws = await startAws({
    now: () => bench.clock.now() + waited,
    // Who waits at the queue takes no time of the others.
    sleep: async (ms) => {
      waited += ms;
      await new Promise((done) => void setImmediate(done));
    },
  });
  let ids = 0;
  const { addresses } = bench.sandbox;
  const fileOf: QueueBench['fileOf'] = (filters, intakes = ['shop'], file = {}) => {
    for (const name of intakes) aws.queue(name);
    return JSON.stringify({
      channels: Object.fromEntries(Object.entries(PEOPLE).map(([name, email]) => [name, { email }])),
      defaults: { tell: 'lead' },
      intakes: Object.fromEntries(intakes.map((name) => [name, { sqs: aws.addressOf(name) }])),
      ...file,
      filters,
    });
  };
  const own = {
    LEDGER_URL: bench.ledgerUrl,
    LEASE_SECONDS: '600',
    CATCH_UP_HOURS: '0',
    // Without sinks: nobody but people is told.
    ...{ NEW_RELIC_LICENSE_KEY: '', NEW_RELIC_ACCOUNT_ID: '', ANODOT_TOKEN: '' },
    ...{ SMTP_URL: addresses.smtp, MAIL_FROM: 'alerts@example.com' },
  };
  return {
    ...bench,
    aws,
    env: own,
    fileOf,
    put(intake, ...events) {
      for (const { at, issue, id = `e${++ids}`, ...rest } of events) {
        const [dateCreated, dateReceived] = [new Date(at).toISOString(), new Date(at + 500).toISOString()];
        const event = sentryEvent({ eventID: id, groupID: issue, dateCreated, dateReceived, ...rest });
        aws.queue(intake).send(JSON.stringify(event));
      }
    },
    serveQueues: (filters, { env = {}, server, intakes, file } = {}) =>
      bench.serve(
        [],
        { ...own, ...env },
        { ...(server === undefined ? {} : { server }), file: fileOf(filters, intakes, file) },
      ),
    mails: () => bench.sandbox.world.received.mail.messages,
    next: async (service, ms) => {
      bench.clock.advance(ms);
      await service.post();
    },
    close: async () => {
      await bench.close();
      await aws.close();
    },
  };
}
