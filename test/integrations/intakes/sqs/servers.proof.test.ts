import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { S3Client, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Intake, Taken } from '../../../../src/core/ports/events/intake.ts';
import { createSqs, type Settings, type Sqs } from '../../../../src/integrations/intakes/sqs/intake.ts';
import { openQueue, type Queue } from '../../../../src/integrations/vendors/aws/queue/queue.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../support/intakes/book-store.ts';
import { programOf, REAL, type RealServer } from '../../../support/intakes/real-servers.ts';
import { sentryEvent } from '../../../support/intakes/sentry-event.ts';
import { notRun } from '../../../support/process/tools.ts';
import { until } from '../../../support/time/until.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret',
};
const CLOCK = {
  now: Date.now,
  sleep: (ms: number, ends?: AbortSignal) => pause(ms, undefined, ends === undefined ? {} : { signal: ends }),
};
const signal = new AbortController().signal;

for (const kind of REAL) {
  const program = await programOf(kind);
  if ('why' in program) notRun(`the intake of a queue of ${kind.name}`, program.why);
  else
    describe(`the intake of a queue of ${kind.name}`, function () {
      this.timeout(240_000);
      let server: RealServer;
      let sqs: SQSClient;
      let store: BookStore;
      let [name, count] = ['', 0];
      before(async () => {
        Object.assign(process.env, KEYS);
        server = await kind.start(program.path);
        sqs = new SQSClient({ endpoint: server.url });
      });
      after(() => {
        for (const key of Object.keys(KEYS)) delete process.env[key];
        server.close();
      });
      beforeEach(async () => {
        name = `errors-${++count}`;
        store = createBookStore();
        await sqs.send(new CreateQueueCommand({ QueueName: name }));
      });

      const intake = (given: Partial<Settings> = {}): Sqs =>
        createSqs(
          { queue: server.addressOf(name), buckets: undefined, create: false, tries: 1, ...given },
          { ...depsOf(), ...CLOCK },
          'shop',
        );
      const take = (of: Pick<Intake, 'take'> = intake(), limit?: number): Promise<Taken> =>
        of.take(store, { limit }, scopeOf({ deadline: Date.now() + 120_000 }));
      const put = async (...bodies: readonly (object | string)[]): Promise<void> => {
        for (const it of bodies) {
          const MessageBody = typeof it === 'string' ? it : JSON.stringify(it);
          await sqs.send(new SendMessageCommand({ QueueUrl: server.addressOf(name), MessageBody }));
        }
      };
      const event = (n: number) => sentryEvent({ eventID: `e${n}`, groupID: 100 + (n % 7) });
      /** Those that are there, and those that somebody has. */
      const left = async (): Promise<number> => {
        const AttributeNames = [
          'ApproximateNumberOfMessages' as const,
          'ApproximateNumberOfMessagesNotVisible' as const,
        ];
        const command = new GetQueueAttributesCommand({ QueueUrl: server.addressOf(name), AttributeNames });
        const { Attributes = {} } = await sqs.send(command);
        return Object.values(Attributes).reduce((sum, it) => sum + Number(it), 0);
      };
      const opened = (): Promise<Queue> => openQueue({ url: server.addressOf(name), endpoint: server.url });

      it('stores each event once, keeps what is none as a reject, and leaves nothing', async () => {
        for (let n = 0; n < 60; n++) await put(event(n));
        await put(event(3), event(3), '{not json', sentryEvent({ groupID: null }), { Event: 's3:TestEvent' });
        const { issues, read, stored, repeats, rejects, isDrained } = await take();
        assert.deepEqual([stored, issues.size, isDrained, read], [60, 7, true, stored + repeats + rejects]);
        // NOTE: one that is received by two at once may come to both, as with every queue of this kind.
        assert.ok(repeats >= 2 && rejects >= 2, `${repeats}, ${rejects}`);
        assert.deepEqual([store.events.length, store.rejects.length, await left()], [60, 2, 0]);
        assert.ok(store.moves[0]!.watermark! > Date.now() - 60_000);
      });

      it('reads no more events than it is told to', async () => {
        for (let n = 0; n < 15; n++) await put(event(n));
        assert.deepEqual([(await take(intake(), 12)).stored, await left()], [12, 3]);
      });

      it('says that there is no such queue, and makes it where that is wanted', async () => {
        name = `none-${count}`;
        await assert.rejects(take(), /^UpstreamError: shop: there is no such queue; make it, or write create: true/);
        assert.equal((await take(intake({ create: true }))).isDrained, true);
        assert.equal(await left(), 0);
      });

      it('takes an error that is put in to be followed', async () => {
        const error = { id: 'a'.repeat(32), at: Date.now(), type: 'SentryMonitorCheck', value: 'a check' };
        const { issue } = await intake().put(error, store, scopeOf({ deadline: Date.now() + 60_000 }));
        await take();
        assert.deepEqual(
          store.events.map(({ id, issueId, title }) => [id, issueId, title]),
          [[error.id, issue, 'SentryMonitorCheck: a check']],
        );
      });

      it('gives what is held back to others in time, and knows that it was received before', async () => {
        await put(event(1));
        const queue = await opened();
        const [first] = await queue.receive(10, 2_000, signal);
        assert.equal((await queue.receive(10, 1_000, signal)).length, 0, 'nobody else gets it');
        await queue.hold([first!], 1_000, signal);
        let again: typeof first;
        await until('it comes again', async () => {
          [again] = await queue.receive(10, 2_000, signal);
          return again !== undefined;
        });
        assert.deepEqual(
          [again!.id, again!.receives, again!.text, again!.isBroken],
          [first!.id, 2, first!.text, false],
        );
        assert.ok(Math.abs(again!.sentAt! - Date.now()) < 60_000);
        await queue.hold([again!], 0, signal);
        assert.equal((await take()).stored, 1);
        queue.close();
      });

      it('deletes those of a batch that can be, and says which are left', async () => {
        await put(event(1), event(2), event(3));
        const queue = await opened();
        const all: Awaited<ReturnType<Queue['receive']>>[number][] = [];
        await until('all came', async () => {
          all.push(...(await queue.receive(10, 2_000, signal)));
          return all.length === 3;
        });
        const bad = { ...all[1]!, handle: 'no-handle-of-this-queue' };
        const still = await queue.delete([all[0]!, bad, all[2]!], signal);
        assert.deepEqual(
          still.map(({ handle }) => handle),
          ['no-handle-of-this-queue'],
        );
        assert.equal(await left(), 1);
        assert.deepEqual(await queue.delete([all[1]!], signal), []);
        assert.equal(await left(), 0);
        queue.close();
      });

      it('takes texts of every kind of letter as they are', async () => {
        const message = 'Fehler: „Wörter“ 漢字 😀 \u2028 \t " \\ <b>';
        await put(sentryEvent({ message }));
        await take();
        assert.equal(store.events[0]!.title, message);
      });

      if (kind.hasObjects)
        it('reads events out of objects; one that is not there is a reject after its tries', async () => {
          const s3 = new S3Client({ endpoint: server.url, forcePathStyle: true });
          await s3.send(
            new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
          );
          for (const [n, Key] of ['shop/e 1+ü', 'shop/e2'].entries())
            await s3.send(new PutObjectCommand({ Bucket: name, Key, Body: JSON.stringify(event(n)) }));
          const record = { s3: { bucket: { name }, object: { key: 'shop%2Fe+1%2B%C3%BC' } } };
          await put({ Records: [record] });
          await put({ s3Url: `${server.url}/${name}/shop/e2`, eventID: 'e1' });
          await put({ s3Url: `${server.url}/${name}/shop/gone`, eventID: 'e3' });
          const { stored, rejects } = await take();
          assert.deepEqual([stored, rejects, await left()], [2, 1, 0]);
          assert.match(store.rejects[0]!.reason, /^object shop\/gone of bucket errors-\d+ is not there$/);
        });
      else notRun('events in objects', `${kind.name} has none`);
    });
}
