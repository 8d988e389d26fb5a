import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  baseUrl,
  commaList,
  flag,
  type Format,
  oneOf,
  plain,
  quote,
  secret,
  text,
  wholeNumber,
  wholeUrl,
} from '../../src/config/formats.ts';
import { checkSettings, type Schema } from '../../src/config/schema.ts';

const KEY = 'sk-0123456789abcdef';

/** The value a format gives, or the text of its fault, read through convict like any setting. */
function read<T>(format: Format<T>, value: string, sensitive = false): T | string {
  const one: Schema<{ one: unknown }> = { one: { env: 'ONE', doc: 'one', format, default: null, sensitive } };
  const { settings, faults } = checkSettings(one, { ONE: value });
  return faults.length > 0 ? `! ${faults.map((fault) => fault.text).join()}` : (settings.one as T);
}

describe('formats of settings', () => {
  const NUMBER = 'is not a whole number from 1 to 50; write digits only, without a unit';
  const ADDRESS = '! is not an http or https address; write it in full, such as https://sentry.example.com';
  const cases: readonly (readonly [name: string, format: Format<unknown>, value: string, result: unknown])[] = [
    ['number', wholeNumber(1, 50), '1', 1],
    ['number', wholeNumber(1, 50), ' 050 ', 50],
    ['number', wholeNumber(1, 50), '12abc', `! "12abc" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '0', `! "0" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '51', `! "51" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '-1', `! "-1" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '1e1', `! "1e1" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '5.0', `! "5.0" ${NUMBER}`],
    ['number', wholeNumber(1, 50), '٣', `! "٣" ${NUMBER}`],
    [
      'number',
      wholeNumber(0, Infinity),
      '1'.repeat(16),
      `! "${'1'.repeat(16)}" is not a whole number from 0 to Infinity; write digits only, without a unit`,
    ],
    ...['true', '1', 'yes', 'on', 'TRUE', 'On'].map((word) => ['flag', flag, word, true] as const),
    ...['false', '0', 'no', 'off', 'False'].map((word) => ['flag', flag, word, false] as const),
    ['flag', flag, 'maybe', '! "maybe" is neither yes nor no; write true or false'],
    ['flag', flag, '10', '! "10" is neither yes nor no; write true or false'],
    ['url', baseUrl, 'https://acme.example.com', 'https://acme.example.com'],
    ['url', baseUrl, 'HTTP://Acme.example.com:8080/sentry/eu//', 'http://acme.example.com:8080/sentry/eu'],
    ['url', baseUrl, 'acme.example.com', ADDRESS],
    ['url', baseUrl, 'ftp://acme.example.com', ADDRESS],
    ['url', baseUrl, 'http:acme.example.com', ADDRESS],
    ['url', baseUrl, 'https://', ADDRESS],
    [
      'url',
      baseUrl,
      `https://user:${KEY}@acme.example.com`,
      '! holds a user name or password; remove everything up to the @',
    ],
    [
      'url',
      baseUrl,
      `https://:${KEY}@acme.example.com`,
      '! holds a user name or password; remove everything up to the @',
    ],
    [
      'url',
      baseUrl,
      `https://acme.example.com/?token=${KEY}`,
      '! has a query or fragment; remove everything from the ? or # on',
    ],
    ['url', baseUrl, 'https://acme.example.com/#', '! has a query or fragment; remove everything from the ? or # on'],
    ['whole url', wholeUrl, 'HTTP://Acme.example.com:8080/in/', 'http://acme.example.com:8080/in/'],
    ['whole url', wholeUrl, 'https://acme.example.com/in', 'https://acme.example.com/in'],
    ['whole url', wholeUrl, 'acme.example.com/in', ADDRESS],
    [
      'whole url',
      wholeUrl,
      `https://acme.example.com/in?key=${KEY}`,
      '! has a query or fragment; remove everything from the ? or # on',
    ],
    ['list', commaList(), 'a', ['a']],
    ['list', commaList(), ' a , b c ', ['a', 'b c']],
    ['list', commaList(wholeNumber(1, 50)), '1,2', [1, 2]],
    ['list', commaList(), 'a,', '! has an empty entry; write entries with single commas between them'],
    ['list', commaList(), 'a, ,b', '! has an empty entry; write entries with single commas between them'],
    ['list', commaList(), 'a,b,a', '! holds "a" twice; remove one'],
    ['list', commaList(wholeNumber(1, 50)), '1,x', `! "x" ${NUMBER}`],
    ['one of', oneOf('us', 'eu'), 'eu', 'eu'],
    ['one of', oneOf('us', 'eu'), 'EU', '! "EU" is not one of us, eu; write one of them'],
    ['secret', secret(), `\n${KEY}\r\n`, KEY],
    ['secret', secret(), 'two words', '! has white space inside; copy the value again, on one line'],
    ['secret', secret(), 'two\nlines', '! has white space inside; copy the value again, on one line'],
    ['secret', secret(), 'schlüssel', '! has characters other than printable ASCII; copy the value again'],
    ['secret', secret(), 'bell\u0007', '! has characters other than printable ASCII; copy the value again'],
    ['secret', secret(16), '0123456789abcde', '! has fewer than 16 characters; use a longer random value'],
    ['secret', secret(16), '0123456789abcdef', '0123456789abcdef'],
    ['text', text(/\d+/, 'the number of the account'), '123', '123'],
    [
      'text',
      text(/\d+/, 'the number of the account'),
      '123x',
      '! "123x" does not fit; write the number of the account',
    ],
    ['text', text(/\d+/, 'the number of the account'), 'x', '! "x" does not fit; write the number of the account'],
    ['plain', plain, 'config/a b.yaml', 'config/a b.yaml'],
    ['plain', plain, 'a\u0000b', '! "a\\u0000b" has control characters; write plain text on one line'],
  ];
  for (const [name, format, value, result] of cases) {
    it(`${name} reads ${quote(value)}`, () => assert.deepEqual(read(format, value), result));
  }

  it('show no part of a sensitive value', () => {
    assert.equal(read(commaList(), `${KEY},${KEY}`, true), '! holds a value twice; remove one');
    assert.equal(
      read(wholeNumber(1, 5), KEY, true),
      '! a value is not a whole number from 1 to 5; write digits only, without a unit',
    );
    const formats = [
      wholeNumber(1, 5),
      flag,
      baseUrl,
      commaList(),
      oneOf('a'),
      secret(99),
      text(/x/, 'x'),
      plain,
      commaList(secret(99)),
    ];
    const values = [
      KEY,
      `${KEY},${KEY}`,
      `${KEY} ${KEY}`,
      `${KEY}ü`,
      `https://${KEY}@acme.example.com`,
      `\u0001${KEY}`,
    ];
    for (const format of formats) {
      for (const value of values) {
        const result = read<unknown>(format, value, true);
        if (typeof result === 'string' && result.startsWith('!')) assert.ok(!result.includes(KEY), result);
      }
    }
  });

  it('give back every whole number that was written down', () => {
    fc.assert(fc.property(fc.nat(), (number) => assert.equal(read(wholeNumber(0, 2 ** 31), String(number)), number)));
  });

  it('quote on one line, without invisible characters, not too long', () => {
    assert.equal(quote('a"\n\u2028\u200b'), '"a\\"\\n\\u2028\\u200b"');
    assert.equal(quote('x'.repeat(61)), `"${'x'.repeat(60)}…"`);
    assert.equal(quote('x'.repeat(60)), `"${'x'.repeat(60)}"`);
  });
});
