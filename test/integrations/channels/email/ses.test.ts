import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Finding } from '../../../../src/core/ports/finding.ts';
import { type Sandbox, startSandbox } from '../../../../sandbox/index.ts';
import { email } from '../../../../src/integrations/channels/email/index.ts';
import { outcomeOfSes } from '../../../../src/integrations/channels/email/ses-outcome.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';
import { createClock } from '../../../support/time/clock.ts';

await email.load();

const SECRET = 'acmeSecretacmeSecretacmeSecretacmeSecret';
/** As Amazon's own tools have them. */
const OWN = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME', AWS_SECRET_ACCESS_KEY: SECRET };

describe('the email channel by Amazon SES', () => {
  const clock = createClock();
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox({ now: () => clock.now() });
    Object.assign(process.env, { ...OWN, AWS_ENDPOINT_URL: sandbox.url });
  });
  beforeEach(() => sandbox.world.forget());
  after(async () => {
    for (const name of [...Object.keys(OWN), 'AWS_ENDPOINT_URL']) delete process.env[name];
    await sandbox.close();
  });

  function create() {
    const env = { 'channels.email': 'lead@example.com', MAIL_FROM: 'Acme <alerts@example.com>', MAIL: 'ses' };
    return email.read(env).create(depsOf(clock), 'boss').part;
  }

  async function examined(): Promise<readonly Finding[]> {
    const env = { 'channels.email': 'lead@example.com', MAIL_FROM: 'Acme <alerts@example.com>', MAIL: 'ses' };
    const { examine } = email.read(env).create(depsOf(clock), 'boss');
    return Array.fromAsync(examine!({ filters: [], disk: fs, scope: scopeOf(), thorough: true }));
  }

  async function send(message = messageOf(), channel = create()) {
    return channel.send(channel.fit(message, 'rich'), message, scopeOf());
  }

  it('is taken, and answers go to the id that Amazon gives', async () => {
    const first = await send();
    assert.ok(first.status === 'accepted' && /^<[\w-]+@eu-west-1\.amazonses\.com>$/.test(first.ref ?? ''));
    await send(messageOf({ id: 'over', thread: first.ref!, alerts: [alertOf({ state: 'resolved' })] }));
    const { messages, refused } = sandbox.world.received.mail;
    assert.deepEqual(refused, []);
    assert.deepEqual(
      messages.map(({ to, thread, subject }) => [to, thread, subject]),
      [
        ['lead@example.com', null, 'crm-checkout: firing, TypeError: x is undefined'],
        ['lead@example.com', first.ref, 'crm-checkout: resolved, TypeError: x is undefined'],
      ],
    );
  });

  it('is one request, whatever comes of it', async () => {
    const outcomes: string[] = [];
    for (const fault of [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } },
      {
        kind: 'status',
        status: 400,
        headers: { 'x-amzn-errortype': 'MessageRejected' },
        body: `{"message":"not verified ${SECRET}"}`,
      },
      { kind: 'cut' },
      { kind: 'stored-no-answer' },
    ] as const) {
      sandbox.world.faults.add({ vendor: 'mail', endpoint: 'ses', ...fault });
      const outcome = await send();
      outcomes.push(outcome.status);
      assert.ok(!JSON.stringify(outcome).includes('acmeSecret'), JSON.stringify(outcome));
    }
    assert.deepEqual(outcomes, ['retry', 'retry', 'refused', 'uncertain', 'uncertain']);
    assert.equal(sandbox.world.requests.all().length, 5);
  });

  it('is asked later where nothing listens', async () => {
    const closed = await startSandbox({ now: () => clock.now() });
    await closed.close();
    process.env['AWS_ENDPOINT_URL'] = closed.url;
    const outcome = await send();
    process.env['AWS_ENDPOINT_URL'] = sandbox.url;
    assert.equal(outcome.status, 'retry');
  });

  for (const [what, status, name, body, expected] of [
    [
      'may send to anybody',
      200,
      '',
      '{"SendingEnabled":true,"ProductionAccessEnabled":true}',
      ['ok', /lets this .*send/],
    ],
    [
      'tells verified addresses only',
      200,
      '',
      '{"SendingEnabled":true,"ProductionAccessEnabled":false}',
      ['warning', /verified there get mail; ask Amazon/],
    ],
    [
      'was stopped by Amazon',
      200,
      '',
      '{"SendingEnabled":false}',
      ['failed', /stopped this account from sending; ask its support/],
    ],
    [
      'may not be asked about',
      403,
      'AccessDeniedException',
      '{"message":"no ses:GetAccount"}',
      ['ok', /whether .* they may not ask \(ses:GetAccount\)/],
    ],
    [
      'has a wrong key',
      403,
      'InvalidSignatureException',
      `{"message":"signed with ${SECRET}"}`,
      ['failed', /^InvalidSignatureException: signed with \*+; check MAIL_FROM/],
    ],
    [
      'is unknown',
      403,
      'UnrecognizedClientException',
      '{"message":"The security token is invalid"}',
      ['failed', /UnrecognizedClientException: The security token is invalid/],
    ],
    [
      'asks too often',
      429,
      'TooManyRequestsException',
      '{"message":"slow down"}',
      ['failed', /TooManyRequestsException: slow down/],
    ],
    [
      'meets a broken Amazon',
      500,
      'InternalServiceErrorException',
      '{"message":"later"}',
      ['failed', /InternalServiceErrorException: later/],
    ],
  ] as const)
    it(`doctor says of an account that ${what}: ${expected[0]}`, async () => {
      const headers = { 'x-amzn-errortype': name, 'content-type': 'application/json' };
      sandbox.world.faults.add({ vendor: 'mail', endpoint: 'ses', kind: 'status', status, headers, body });
      const [found, ...others] = await examined();
      assert.deepEqual(
        [found!.check, found!.variable, found!.status, others],
        ['mail by SES', 'MAIL', expected[0], []],
      );
      assert.match(found!.say, expected[1]);
      assert.ok(!found!.say.includes('acmeSecret'), found!.say);
      assert.equal(sandbox.world.requests.all().length, 1);
    });

  it('doctor says which variables are missing', async () => {
    // As on a machine that is none of Amazon's: there is nobody to ask for it.
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    delete process.env['AWS_REGION'];
    const [found] = await examined();
    process.env['AWS_REGION'] = OWN.AWS_REGION;
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    assert.deepEqual([found!.status, sandbox.world.requests.all()], ['failed', []]);
    assert.match(found!.say, /set AWS_REGION and the keys as Amazon's own tools have them/);
  });

  const say = (text: string): string => `boss: ${text}`;
  for (const [name, status, expected] of [
    ['ThrottlingException', 400, 'retry'],
    ['LimitExceededException', 400, 'retry'],
    ['ServiceUnavailable', 503, 'retry'],
    ['AccountSuspendedException', 400, 'refused'],
    ['MailFromDomainNotVerifiedException', 400, 'refused'],
    ['AccessDeniedException', 403, 'refused'],
    ['CredentialsProviderError', undefined, 'refused'],
    ['TimeoutError', undefined, 'uncertain'],
  ] as const) {
    it(`${name}: ${expected}`, () =>
      assert.equal(
        outcomeOfSes({ name, message: 'no', $metadata: status === undefined ? {} : { httpStatusCode: status } }, say)
          .status,
        expected,
      ));
  }
});
