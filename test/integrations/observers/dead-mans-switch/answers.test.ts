import assert from 'node:assert/strict';
import { mock, mockAlways } from '../../../support/build/http-mock.ts';
import { CHECK, CRON, ID, setUp } from './switch.ts';

const PAGE = '<!doctype html><html><body>Sign in</body></html>';

/** Status and body of an answer, and what is then logged; null: the ping was taken. */
const ANSWERS: readonly (readonly [string, number, string, string | null])[] = [
  [CHECK, 200, 'OK', null],
  [CHECK, 200, 'OK\n', null],
  [`${CHECK}?create=1`, 201, 'Created', null],
  [CHECK, 200, 'OK (not found)', 'dead-mans-switch: answered 200: OK (not found)'],
  [CHECK, 200, 'OK (rate limited)', 'dead-mans-switch: answered 200: OK (rate limited)'],
  [CHECK, 200, 'Created', 'dead-mans-switch: answered 200: Created'],
  [CHECK, 201, 'OK', null],
  [CHECK, 201, 'OK (not found)', 'dead-mans-switch: answered 201: OK (not found)'],
  [CHECK, 202, 'OK', 'dead-mans-switch: answered 202: OK'],
  [CHECK, 200, 'ok', 'dead-mans-switch: answered 200: ok'],
  [CHECK, 200, '{"ok":true}', 'dead-mans-switch: answered 200: {"ok":true}'],
  [CHECK, 200, PAGE, 'dead-mans-switch: answered 200: a web page'],
  [CHECK, 200, `no check ${CHECK}`, 'dead-mans-switch: answered 200: no check ***'],
  [CHECK, 200, '', 'dead-mans-switch: answered 200'],
  [CHECK, 204, '', 'dead-mans-switch: answered 204'],
  [CRON, 202, '', null],
  [CRON, 202, '{}', null],
  [CRON, 200, 'OK', 'dead-mans-switch: answered 200: OK'],
  [CRON, 200, PAGE, 'dead-mans-switch: answered 200: a web page'],
  [CRON, 204, '', 'dead-mans-switch: answered 204'],
];

describe('an answer with a good status', () => {
  for (const [address, status, body, said] of ANSWERS) {
    const kind = address === CRON ? 'Sentry Crons' : 'a check';
    it(`${status} ${JSON.stringify(body)} of ${kind} is ${said === null ? 'a ping taken' : 'no ping taken'}`, async () => {
      const { ended, scope } = setUp(address);
      const id: readonly [string, string] = address === CRON ? ['check_in_id', ID] : ['rid', ID];
      const own = [...new URL(address).searchParams];
      const last: (readonly [string, string])[] = address === CRON ? [['status', 'ok']] : [];
      const calls = mock({ url: address.replace(/\?.*/, ''), query: [...own, id, ...last] }, { status, body });
      await ended('ok');
      assert.equal(calls.length, 1, 'it is not asked again');
      assert.deepEqual(
        scope.log.lines.filter(({ level }) => level !== 'debug'),
        said === null
          ? []
          : [
              {
                level: 'error',
                text: "dead man's switch not told; check HEARTBEAT_URL",
                fields: { stage: 'ok', error: `${said}; that is not the answer to a ping that counts` },
              },
            ],
      );
    });
  }
});

describe('the log of a ping', () => {
  for (const [address, asked] of [
    ['https://hc.example.com/in/k7/?n=q9', 'https://hc.example.com/in/k7/start'],
    ['https://hc.example.com/api/7/cron/m4/z8/', 'https://hc.example.com/api/7/cron/m4/z8/'],
  ] as const) {
    it(`never holds the address, however short its key is: ${address}`, async () => {
      const { began, scope } = setUp(address);
      mockAlways(asked, () => true, { status: 200, body: 'OK' });
      await began();
      assert.ok(scope.log.texts().includes('request answered'));
      assert.doesNotMatch(JSON.stringify(scope.log.lines), /k7|q9|m4|z8/);
    });
  }
});
