import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Taken } from '../../../../src/core/ports/events/intake.ts';
import { createPapertrail } from '../../../../src/integrations/intakes/papertrail/intake.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { createBookStore } from '../../../support/intakes/book-store.ts';
import { programOf, REAL, type RealServer } from '../../../support/intakes/real-servers.ts';
import { LOG_SETTINGS } from '../../../support/logs/settings.ts';
import { notRun } from '../../../support/process/tools.ts';

const KEYS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret',
};
const TITLE = 'archives that a bucket of moto puts into its queue';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:archives';
const moto = REAL.find(({ name }) => name === 'moto')!;
const program = await programOf(moto);

let ids = 700_594_297_938_165_000n;
const archive = (type: string): Buffer => {
  const lines = ['Traceback (most recent call last):', '  File "/srv/acme/shop.py", line 3, in buy', `${type}: no`];
  const columns = '2026-11-20T09:59:59\t2026-11-20T09:59:59\t4\ti-1\t192.0.2.1\tUser\tNotice\tshop';
  return gzipSync(lines.map((text) => `${++ids}\t${columns}\t${text}\n`).join(''));
};

if ('why' in program) notRun(TITLE, program.why);
else
  describe(TITLE, function () {
    this.timeout(240_000);
    let server: RealServer;
    let s3: S3Client;
    const store = createBookStore(Date.now);
    before(async () => {
      Object.assign(process.env, KEYS);
      server = await moto.start(program.path);
      process.env['AWS_ENDPOINT_URL'] = server.url;
      s3 = new S3Client({ endpoint: server.url, forcePathStyle: true });
      await new SQSClient({ endpoint: server.url }).send(new CreateQueueCommand({ QueueName: 'archives' }));
      await s3.send(new CreateBucketCommand({ Bucket: 'acme-logs' }));
      const events = { QueueArn: QUEUE, Events: ['s3:ObjectCreated:*' as const, 's3:ObjectRemoved:*' as const] };
      const NotificationConfiguration = { QueueConfigurations: [events] };
      await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'acme-logs', NotificationConfiguration }));
    });
    after(() => {
      for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
      server.close();
    });

    const put = (Key: string, Body: Buffer) => s3.send(new PutObjectCommand({ Bucket: 'acme-logs', Key, Body }));
    const look = (): Promise<Taken> => {
      const place = { bucket: 'acme-logs', prefix: 'logs' };
      const others = { page: 'https://logs.example.com/{id}', token: undefined, topic: undefined, ...LOG_SETTINGS };
      const sleep = async (ms: number, signal?: AbortSignal): Promise<void> =>
        void (await pause(ms, undefined, { signal }));
      const deps = { ...depsOf(), now: Date.now, sleep };
      const intake = createPapertrail({ place, queue: server.addressOf('archives'), ...others }, deps, 'manager');
      return intake.take(store, {}, scopeOf({ deadline: Date.now() + 60_000 }));
    };

    it('are read once each, whatever their keys; its test event and removals mean nothing', async () => {
      await put('logs/dt=2026-11-20/2026-11-20-09.tsv.gz', archive('KeyError'));
      await put('logs/my logs/a+b ä (1).tsv.gz', archive('ValueError'));
      await put('logs/gone.tsv.gz', archive('OSError'));
      await s3.send(new DeleteObjectCommand({ Bucket: 'acme-logs', Key: 'logs/gone.tsv.gz' }));
      const first = await look();
      assert.match(first.trouble ?? '', /gone\.tsv\.gz: it is not there$/);
      assert.deepEqual([first.stored, first.rejects], [2, 0]);
      assert.deepEqual(
        store.events.map(({ title }) => title),
        ['KeyError: no', 'ValueError: no'],
      );
      const second = await look();
      assert.deepEqual([second.read, second.trouble], [0, undefined]);
    });

    it('are read again when they are written again, and nothing is counted twice', async () => {
      await put('logs/dt=2026-11-20/2026-11-20-09.tsv.gz', archive('IndexError'));
      const { stored, repeats } = await look();
      assert.deepEqual([stored, repeats], [1, 0]);
      assert.equal(store.events.length, 3);
    });
  });
