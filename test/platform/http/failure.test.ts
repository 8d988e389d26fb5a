import assert from 'node:assert/strict';
import { failureOf } from '../../../src/platform/http/failure.ts';

/** Of a request that met this error of the network. */
function saidOf(code: string, urlVariable?: string): string {
  const request = {
    service: 'svc',
    timeoutMs: 1000,
    repeatSafe: true,
    scope: { signal: new AbortController().signal },
    urlVariable,
  };
  const error = Object.assign(new Error('no'), { code });
  return failureOf(request, { error, timedOut: false, sent: true, redact: (text) => text }).message;
}

describe('an address that cannot be reached', () => {
  it('is said with what its code means, and with the variable that holds it', () => {
    assert.deepEqual(
      [saidOf('ENOTFOUND', 'SVC_URL'), saidOf('EAI_AGAIN', 'SVC_URL'), saidOf('ECONNREFUSED', 'SVC_URL')],
      [
        'svc: cannot connect (ENOTFOUND, there is no such host); check SVC_URL and the network',
        'svc: cannot connect (EAI_AGAIN, the name server does not answer); check SVC_URL and the network',
        'svc: cannot connect (ECONNREFUSED); check SVC_URL and the network',
      ],
    );
  });

  it('without a variable is a URL setting', () =>
    assert.equal(
      saidOf('ENOTFOUND'),
      'svc: cannot connect (ENOTFOUND, there is no such host); check the URL setting and the network',
    ));
});
