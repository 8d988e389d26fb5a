import assert from 'node:assert/strict';
import type { Asked } from '../../../../src/core/ports/events/intake.ts';
import { createPapertrail } from '../../../../src/integrations/intakes/papertrail/intake.ts';
import { depsOf, type TestDeps } from '../../../support/build/deps.ts';
import { scopeOf, type TestScope } from '../../../support/build/scope.ts';
import { type BookStore, createBookStore } from '../../../support/intakes/book-store.ts';
import { createSns, HOST, PEM, type Post, type SnsDouble, TOPIC } from '../../../support/intakes/sns.ts';
import { LOG_SETTINGS } from '../../../support/logs/settings.ts';

const KEY = 'logs/dt=2026-11-20/2026-11-20-09.tsv.gz';
const PLAIN = JSON.stringify({ bucket: 'acme-logs', key: KEY });
const OBJECT = { bucket: { name: 'acme-logs' }, object: { key: 'logs/dt%3D2026-11-20/2026-11-20-09.tsv.gz' } };
const MINUTE = 60_000;

describe('envelopes of SNS', () => {
  let deps: TestDeps;
  let sns: SnsDouble;
  let store: BookStore;
  let scope: TestScope;
  let intake: ReturnType<typeof createPapertrail>;
  const made = (topic: string | undefined) => {
    const place = { bucket: 'acme-logs', prefix: 'logs' };
    const settings = {
      place,
      page: 'https://logs.example.com/{id}',
      queue: undefined,
      token: undefined,
      topic,
      ...LOG_SETTINGS,
    };
    return createPapertrail(settings, { ...deps, http: sns.http }, 'manager');
  };
  const at = (ms: number): string => new Date(deps.now() + ms).toISOString();
  beforeEach(() => {
    deps = depsOf();
    sns ??= createSns(deps.now);
    sns.asked.length = 0;
    sns.answers.clear();
    sns.answers.set(PEM, sns.cert);
    store = createBookStore(deps.now);
    scope = scopeOf();
    intake = made(TOPIC);
  });

  const ask = (body: unknown, isTrusted = false): Promise<Asked> => intake.ask({ body, isTrusted }, store, scope);
  const wanted = async (): Promise<readonly string[]> => (await store.objects.all('manager')).map(({ name }) => name);

  for (const [name, given] of [
    ['of signature version 1', { SignatureVersion: '1' }],
    ['of signature version 2', {}],
    ['with a subject', { Subject: 'Amazon S3 Notification' }],
    ['around a notification of S3', { Message: JSON.stringify({ Records: [{ s3: OBJECT }] }) }],
    ['that are nearly an hour old', { Timestamp: () => at(-59 * MINUTE) }],
  ] as const)
    it(`${name} are taken without a token`, async () => {
      const { Timestamp = () => at(0), ...rest } = given as Post & { Timestamp?: () => string };
      const post = sns.notification({ Message: PLAIN, ...rest, Timestamp: Timestamp() });
      assert.deepEqual(await ask(post), { keys: [KEY] });
      assert.deepEqual(await wanted(), [KEY]);
    });

  for (const [name, change, words] of [
    ['of another topic', { TopicArn: `${TOPIC}2` }, /another topic/],
    ['of another region', { TopicArn: TOPIC.replace('eu-west-1', 'us-east-1') }, /another topic/],
    ['of an unknown signature', { SignatureVersion: '3' }, /neither 1 nor 2/],
    ['of over an hour ago', { Timestamp: () => at(-60 * MINUTE - 1) }, /more than an hour old/],
    ['without a time', { Timestamp: '' }, /says no time/],
    ['of tomorrow', { Timestamp: () => at(24 * 60 * MINUTE) }, /future/],
    ['without an id', { MessageId: '' }, /lacks something/],
    ['of an unknown type', { Type: 'Notice' }, /lacks something/],
    ['whose signature is empty', { Signature: '' }, /signature/],
    ['whose signature is of another text', { Signature: 'QUJD' }, /signature/],
  ] as const)
    it(`${name} are not believed, with a token or without`, async () => {
      const given = { Message: PLAIN, ...change } as Record<string, string | (() => string)>;
      const post = sns.notification(
        Object.fromEntries(Object.entries(given).map(([key, it]) => [key, typeof it === 'string' ? it : it()])),
      );
      for (const isTrusted of [false, true]) {
        const asked = await ask(post, isTrusted);
        assert.match('unsigned' in asked ? asked.unsigned : '', words);
      }
      assert.deepEqual(await wanted(), []);
    });

  it('are believed by each word that is signed', async () => {
    const post = sns.notification({ Message: PLAIN, Subject: 'a' });
    for (const name of ['Message', 'MessageId', 'Subject', 'Timestamp'])
      assert.ok('unsigned' in (await ask({ ...post, [name]: name === 'Timestamp' ? at(-1) : `${post[name]} ` })), name);
    const { Subject: _subject, ...without } = post;
    assert.ok('unsigned' in (await ask(without)));
    assert.ok('keys' in (await ask({ ...post, UnsubscribeURL: 'https://evil.example.com/' })));
  });

  it('fetch a certificate once, and from no other host than the topic’s', async () => {
    for (const address of [
      PEM.replace('https:', 'http:'),
      PEM.replace('eu-west-1', 'us-east-1'),
      PEM.replace('amazonaws.com', 'amazonaws.com.evil.example.com'),
      PEM.replace('amazonaws.com', 'amazonaws.com.cn'),
      PEM.replace('https://', 'https://evil.example.com@'),
      PEM.replace('.com/', '.com:8443/'),
      PEM.replace('SimpleNotificationService', '../x'),
      `${PEM}?x=1`,
      `${HOST}/?Action=GetFile`,
      'nonsense',
    ]) {
      const asked = await ask(sns.notification({ Message: PLAIN, SigningCertURL: address }));
      assert.match('unsigned' in asked ? asked.unsigned : '', /is no certificate at https:\/\/sns\.eu-west-1/);
    }
    assert.deepEqual(sns.asked, []);
    for (let n = 0; n < 3; n++) assert.ok('keys' in (await ask(sns.notification({ Message: PLAIN }))));
    assert.deepEqual(sns.asked, [PEM]);
  });

  it('wait for a certificate that cannot be had now; one that is none or over is no proof', async () => {
    const post = (): Post => sns.notification({ Message: PLAIN });
    for (const [answer, kind] of [
      [null, 'later'],
      [503, 'later'],
      [404, 'unsigned'],
      ['<html>', 'unsigned'],
    ] as const) {
      sns.answers.set(PEM, answer);
      assert.deepEqual(Object.keys(await ask(post())), [kind], String(answer));
    }
    sns.answers.set(PEM, sns.cert);
    assert.ok('keys' in (await ask(post())));
    deps.clock.advance(2 * 24 * 60 * MINUTE);
    assert.ok('unsigned' in (await ask(post())));
  });

  it('of strangers have ten certificates fetched a minute, and no more', async () => {
    const named = (n: number): Post =>
      sns.notification({ SigningCertURL: `${HOST}/SimpleNotificationService-${String(n).padStart(32, '0')}.pem` });
    for (let n = 0; n < 12; n++) await ask(named(n));
    assert.equal(sns.asked.length, 10);
    assert.ok('later' in (await ask(sns.notification({ Message: PLAIN }))));
    deps.clock.advance(MINUTE);
    assert.ok('keys' in (await ask(sns.notification({ Message: PLAIN }))));
  });

  it('come once each, on whatever server', async () => {
    const post = sns.notification({ Message: PLAIN });
    assert.deepEqual(await ask(post), { keys: [KEY] });
    intake = made(TOPIC);
    assert.deepEqual(await ask(post), { keys: [] });
    assert.deepEqual(await ask(sns.notification({ Message: PLAIN })), { keys: [KEY] });
  });

  for (const [name, message] of [
    ['without JSON', 'hello'],
    ['around what names no object', '{}'],
    ['of another bucket', JSON.stringify({ bucket: 'acme-other', key: KEY })],
  ] as const)
    it(`${name} are refused once they are believed`, async () => {
      assert.ok('refused' in (await ask(sns.notification({ Message: message }))));
    });

  it('confirm a subscription, once, and only to the topic’s host', async () => {
    const post = sns.confirmation();
    const address = `${HOST}/?Action=ConfirmSubscription&TopicArn=${encodeURIComponent(TOPIC)}&Token=2336412f37`;
    sns.answers.set(address, 503);
    assert.ok('later' in (await ask(post)));
    sns.answers.set(address, '<ConfirmSubscriptionResponse/>');
    assert.deepEqual([await ask(post), await ask(post)], [{ keys: [] }, { keys: [] }]);
    assert.deepEqual(sns.asked, [PEM, address, address]);
    assert.deepEqual(scope.log.texts(), ['topic confirmed']);
    sns.asked.length = 0;
    for (const url of [
      `https://evil.example.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`,
      `${HOST}/x?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`,
      `${HOST}/?Action=Unsubscribe&TopicArn=${TOPIC}&Token=2336412f37`,
      `${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}2&Token=2336412f37`,
      `${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=other`,
    ])
      assert.ok('refused' in (await ask(sns.confirmation({ SubscribeURL: url }))), url);
    assert.deepEqual(sns.asked, []);
    assert.ok('unsigned' in (await ask({ ...sns.confirmation(), Token: 'other' })));
  });

  it('that say that a subscription ended are told in the log, and nothing is fetched', async () => {
    const post = sns.confirmation({ Type: 'UnsubscribeConfirmation' });
    assert.deepEqual([await ask(post), await ask(post)], [{ keys: [] }, { keys: [] }]);
    assert.deepEqual([scope.log.texts(), sns.asked], [['topic brings no more'], [PEM]]);
  });

  it('need topic: in the intake, and anything else needs a token', async () => {
    assert.deepEqual(await ask({ bucket: 'acme-logs', key: KEY }), { unsigned: 'no token, and no envelope of SNS' });
    assert.deepEqual(await ask([1]), { unsigned: 'no token, and no envelope of SNS' });
    intake = made(undefined);
    const asked = await ask(sns.notification({ Message: PLAIN }), true);
    assert.match('refused' in asked ? asked.refused : '', /topic: has its ARN/);
    assert.deepEqual(await wanted(), []);
  });
});
