import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Reply } from '../support/build/http-mock.ts';
import { withTimeouts } from '../support/time/timeouts.ts';
import { fitting } from './channel-fit.ts';
import { type ChannelEndpoint, type ChannelSubject, sendTo, type Sent } from './channel-subject.ts';

/** What every channel must do, whatever it tells. */
export function channelContract(subject: ChannelSubject): void {
  describe('keeps the contract of channels', () => {
    fitting(subject);
    const { endpoint } = subject;
    if (endpoint === null) {
      it('takes what it is given', async () => assert.equal((await sendTo(subject, [])).outcome.status, 'accepted'));
      return;
    }
    accepting(subject, endpoint);
    later(subject, endpoint);
    refusing(subject, endpoint);
    unanswered(subject);
    secrets(subject, endpoint);
  });
}

function accepting(subject: ChannelSubject, endpoint: ChannelEndpoint): void {
  it('one request, taken', async () => {
    const { outcome, calls } = await sendTo(subject, [endpoint.accepted]);
    assert.equal(calls.length, 1);
    assert.deepEqual(
      outcome,
      endpoint.ref === undefined ? { status: 'accepted' } : { status: 'accepted', ref: endpoint.ref },
    );
  });

  if (!isHttp(endpoint)) return;
  it('never takes a web page for a success', async () => {
    const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
    const { outcome } = await sendTo(subject, [{ status: 200, body: page, headers: { 'content-type': 'text/html' } }]);
    assert.notEqual(outcome.status, 'accepted');
  });

  it('does not know what a good answer of more than a megabyte says', async () => {
    const { outcome } = await sendTo(subject, [{ status: 200, body: 'a'.repeat(1024 * 1024 + 1) }]);
    assert.equal(outcome.status, 'uncertain', inspect(outcome));
  });
}

/** NOTE: one request each: who repeats is the outbox, which remembers, and no client of HTTP. */
function later(subject: ChannelSubject, endpoint: ChannelEndpoint): void {
  for (const answer of endpoint.later ??
    [408, 425, 429, 500, 502, 503, 504].map((status) => ({ status, body: 'no' }))) {
    it(`${answer.status} ${JSON.stringify(answer.body)}: one request, and later again`, async () => {
      const { outcome, calls } = await sendTo(subject, [answer]);
      assert.equal(calls.length, 1);
      assert.ok(outcome.status === 'retry' && outcome.why.startsWith(`${subject.name}: `), inspect(outcome));
    });
  }

  for (const [answer, afterMs] of endpoint.limited) {
    it(`too many requests, in this vendor's words: again after ${afterMs / 1000} s`, async () => {
      const { outcome } = await sendTo(subject, [answer]);
      assert.ok(outcome.status === 'retry');
      assert.equal(outcome.afterMs, afterMs);
    });
  }
}

function refusing(subject: ChannelSubject, endpoint: ChannelEndpoint): void {
  for (const [name, answer] of endpoint.saysNo) {
    it(`${name}: refused, although the status is good`, async () => {
      const { outcome } = await sendTo(subject, [answer]);
      assert.ok(outcome.status === 'refused' && outcome.isText !== true, inspect(outcome));
    });
  }

  for (const answer of endpoint.badText) {
    it(`${answer.status ?? 200} ${JSON.stringify(answer.body ?? '')}: a text that it cannot read`, async () => {
      const { outcome } = await sendTo(subject, [answer]);
      assert.ok(outcome.status === 'refused' && outcome.isText === true, inspect(outcome));
    });
  }

  for (const answer of endpoint.permanent) {
    it(`${answer.status ?? 200} ${JSON.stringify(answer.body ?? '')}: refused for good`, async () => {
      const { outcome, calls } = await sendTo(subject, [answer]);
      assert.equal(calls.length, 1);
      assert.ok(outcome.status === 'refused' && outcome.isText !== true, inspect(outcome));
    });
  }

  if (!isHttp(endpoint)) return;
  it('a redirect is not followed: it would carry the message elsewhere', async () => {
    const { outcome } = await sendTo(subject, [
      { status: 307, headers: { location: 'https://elsewhere.example.com/' } },
    ]);
    assert.equal(outcome.status, 'refused');
  });
}

function unanswered(subject: ChannelSubject): void {
  it('no connection: later again', async () => {
    assert.equal((await sendTo(subject, ['refused'])).outcome.status, 'retry');
  });

  it('cut after the request went out: uncertain', async () => {
    const { outcome, calls } = await sendTo(subject, ['cut']);
    assert.deepEqual([outcome.status, calls.length], ['uncertain', 1]);
  });

  it('no answer in time: uncertain', () =>
    withTimeouts(async ({ asked, expire }) => {
      const hang: Reply = () => {
        expire();
        return new Promise<never>(() => undefined);
      };
      assert.equal((await sendTo(subject, [hang])).outcome.status, 'uncertain');
      assert.ok(
        asked.every((ms) => ms >= 10_000 && ms <= 60_000),
        String(asked),
      );
    }));

  it('nothing is sent once the pass has ended', async () => {
    assert.equal((await sendTo(subject, [], { signal: AbortSignal.abort() })).outcome.status, 'retry');
  });

  it('what is under way when the pass ends is uncertain', async () => {
    const stop = new AbortController();
    const hang: Reply = () => {
      stop.abort();
      return new Promise<never>(() => undefined);
    };
    assert.equal((await sendTo(subject, [hang], { signal: stop.signal })).outcome.status, 'uncertain');
  });
}

function secrets(subject: ChannelSubject, endpoint: ChannelEndpoint): void {
  it('shows no secret in any outcome or log line, whatever the vendor echoes', async () => {
    assert.ok(subject.secrets.length > 0);
    for (const secret of subject.secrets) {
      const echoes = formsOf(secret);
      const all = `key ${echoes.join(' ')} is bad`;
      const bodies: unknown[] = [all, { detail: all }, { ok: false, error: all, description: all, message: all }];
      for (const echo of echoes)
        bodies.push(`${'x'.repeat(185)} ${echo}`, { success: false, error: `${'x'.repeat(175)} ${echo}` });
      for (const body of bodies)
        for (const status of [200, 400, 502]) expectClean(await sendTo(subject, [{ status, body }]), secret);
      for (const reply of ['cut', 'refused', endpoint.accepted] as const)
        expectClean(await sendTo(subject, [reply]), secret);
    }
  });
}

function isHttp({ request }: ChannelEndpoint): boolean {
  return typeof request !== 'function';
}

/** NOTE: by its first half: a secret that was cut is still a secret. */
function expectClean({ outcome, scope, deps }: Sent, secret: string): void {
  const all = [outcome, scope.log.lines, deps.log]
    .flatMap((it) => [inspect(it, { depth: 20, showHidden: true }), JSON.stringify(it)])
    .join('\n');
  for (const form of formsOf(secret)) assert.ok(!all.includes(form.slice(0, 10)), all);
}

function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}
