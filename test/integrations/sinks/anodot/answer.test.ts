import assert from 'node:assert/strict';
import { anodotSink, QUERY, URL_ } from '../../../support/build/anodot.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { reportOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const REFUSED = { status: 'refused' };
const MAYBE = { status: 'uncertain', fault: { message: 'anodot: 1004 r', retryable: true, resend: false } };
const OK = { status: 'accepted' };

function resend(message: string): object {
  return { status: 'failed', fault: { message, retryable: true, resend: true } };
}

function failed(message: string): object {
  return { status: 'failed', fault: { message, retryable: false, resend: false } };
}

describe('Anodot refusals inside a 200', () => {
  const table: readonly (readonly [string, unknown[], readonly object[]])[] = [
    [
      'a position as text, a code as text',
      [{ index: '1', error: '2028', description: 'Metric name length exceeded the maximum allowed: 300' }],
      [OK, { ...REFUSED, why: 'anodot: 2028 Metric name length exceeded the maximum allowed: 300' }, OK],
    ],
    [
      'a position and a code as numbers',
      [{ index: 2, error: 2010, description: 'x' }],
      [OK, OK, { ...REFUSED, why: 'anodot: 2010 x' }],
    ],
    ['position 0', [{ index: 0, error: '2010' }], [{ ...REFUSED, why: 'anodot: 2010' }, OK, OK]],
    [
      'several positions',
      [
        { index: '0', error: '2010', description: 'a' },
        { index: '2', error: '2011', description: 'b' },
      ],
      [{ ...REFUSED, why: 'anodot: 2010 a' }, OK, { ...REFUSED, why: 'anodot: 2011 b' }],
    ],
    [
      'no position: about all',
      [{ error: '2001', description: 'Token is not active' }],
      Array<object>(3).fill(failed('anodot: 2001 Token is not active')),
    ],
    [
      'a position of null: about all',
      [{ index: null, error: 3016, description: 'y' }],
      Array<object>(3).fill(failed('anodot: 3016 y')),
    ],
    [
      'an empty position: about all',
      [{ index: '', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a blank position: about all',
      [{ index: ' ', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a position outside: about all',
      [{ index: '3', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a negative position: about all',
      [{ index: -1, error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'half a position: about all',
      [{ index: 0.5, error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a plain text: about all',
      ['Data collection token is invalid'],
      Array<object>(3).fill(failed('anodot: Data collection token is invalid')),
    ],
    ['nothing said', [{}], Array<object>(3).fill(failed('anodot: refused without a reason'))],
    [
      'nulls',
      [{ index: '1', error: null, description: null }],
      [OK, { ...REFUSED, why: 'anodot: refused without a reason' }, OK],
    ],
    [
      'one for the moment',
      [{ index: '1', error: '2003', description: 'Metrics per seconds limit reached' }],
      [OK, resend('anodot: 2003 Metrics per seconds limit reached'), OK],
    ],
    [
      'all for the moment',
      [{ error: '2003', description: 'Metrics per seconds limit reached' }],
      Array<object>(3).fill(resend('anodot: 2003 Metrics per seconds limit reached')),
    ],
    [
      'one for good, the rest for the moment: some of it may be stored',
      [
        { index: '1', error: '2028', description: 'n' },
        { error: '1004', description: 'r' },
      ],
      [MAYBE, { ...REFUSED, why: 'anodot: 2028 n' }, MAYBE],
    ],
    [
      'control characters and half characters',
      [{ index: '0', error: '2010', description: 'a\n\u0000b\uD83D' }],
      [{ ...REFUSED, why: 'anodot: 2010 a b\uFFFD' }, OK, OK],
    ],
    [
      'long words',
      [{ index: '0', error: '2010', description: 'x'.repeat(300) }],
      [{ ...REFUSED, why: `anodot: 2010 ${'x'.repeat(195)}` }, OK, OK],
    ],
  ];
  it('one for good, the rest for the moment, as gauges: the rest is sent again', async () => {
    mock(
      { method: 'POST', url: URL_, query: QUERY },
      {
        body: {
          errors: [
            { index: '1', error: '2028', description: 'n' },
            { error: '1004', description: 'r' },
          ],
        },
      },
    );
    const sink = anodotSink(depsOf(), { ANODOT_EVENTS_AS: 'gauge' });
    assert.deepEqual(await sink.send(sink.encode(reportOf()).slice(0, 3), scopeOf()), [
      resend('anodot: 1004 r'),
      { ...REFUSED, why: 'anodot: 2028 n' },
      resend('anodot: 1004 r'),
    ]);
  });

  for (const [name, errors, expected] of table) {
    it(`${name}`, async () => {
      mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors } });
      const sink = anodotSink(depsOf());
      assert.deepEqual(await sink.send(sink.encode(reportOf()).slice(0, 3), scopeOf()), expected);
    });
  }

  for (const [code, isForNow] of [
    ['1001', false],
    ['1002', true],
    ['1004', true],
    ['1005', false],
    ['1006', false],
    ['1007', false],
    ['2001', false],
    ['2002', true],
    ['2003', true],
    ['2022', false],
    ['2029', false],
  ] as const) {
    it(`code ${code} is ${isForNow ? '' : 'not '}sent again`, async () => {
      for (const error of [code, Number(code)]) {
        mock(
          { method: 'POST', url: URL_, query: QUERY },
          { body: { errors: [{ index: '0', error, description: 'd' }] } },
        );
        const sink = anodotSink(depsOf());
        const [first, second] = await sink.send(sink.encode(reportOf()).slice(0, 2), scopeOf());
        assert.deepEqual(
          [first, second],
          [isForNow ? resend(`anodot: ${code} d`) : { status: 'refused', why: `anodot: ${code} d` }, OK],
        );
      }
    });
  }

  for (const [name, errors] of [
    ['errors that are no list', 'none'],
    ['an entry that is a number', [7]],
    ['a position that is a list', [{ index: [0] }]],
  ] as const) {
    it(`${name}: not documented, so uncertain`, async () => {
      mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors } });
      const sink = anodotSink(depsOf());
      assert.deepEqual(
        (await sink.send(sink.encode(reportOf()).slice(0, 2), scopeOf())).map(({ status }) => status),
        ['uncertain', 'uncertain'],
      );
    });
  }
});
