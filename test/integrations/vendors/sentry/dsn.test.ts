import assert from 'node:assert/strict';
import { parseDsn } from '../../../../src/integrations/vendors/sentry/dsn.ts';

describe('a DSN', () => {
  it('says where events go, also below a path', () => {
    assert.deepEqual(parseDsn('https://key%2B1@sentry.example.com/base/42/'), {
      url: 'https://sentry.example.com/base/api/42/envelope/',
      ...{ publicKey: 'key+1', projectId: '42', host: 'sentry.example.com' },
    });
  });

  it('that is none is refused without any part of it', () => {
    for (const text of [
      ...['', 'key@sentry.example.com/42', 'https://sentry.example.com/42', 'https://key@sentry.example.com/web'],
      'ftp://key@sentry.example.com/42',
    ])
      assert.throws(() => parseDsn(text), {
        message:
          'is no DSN; copy it from the project in Sentry (Client Keys), such as https://<key>@sentry.example.com/42',
      });
  });
});
