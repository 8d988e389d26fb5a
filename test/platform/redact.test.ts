import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor, redactAll } from '../../src/platform/redact.ts';
import { echoesOf } from '../support/secrets/encodings.ts';

describe('a redactor', () => {
  const SECRET = 'p@ss "word"/+ü~?>';
  for (const [name, text] of [
    ['raw', 'p@ss "word"/+ü~?>'],
    ['URL-encoded', 'p%40ss%20%22word%22%2F%2B%C3%BC~%3F%3E'],
    ['URL-encoded in small letters', 'p%40ss%20%22word%22%2f%2b%c3%bc~%3f%3e'],
    ['URL-encoded where that is a must only', 'p@ss%20%22word%22/+%C3%BC~?%3E'],
    ['URL-encoded twice', 'p%2540ss%2520%2522word%2522%252F%252B%25C3%25BC~%253F%253E'],
    ['as a form', 'p%40ss+%22word%22%2F%2B%C3%BC%7E%3F%3E'],
    ['in JSON', 'p@ss \\"word\\"/+ü~?>'],
    ['in JSON in JSON', 'p@ss \\\\\\"word\\\\\\"/+ü~?>'],
    ['in JSON of PHP', 'p@ss \\"word\\"\\/+\\u00fc~?>'],
    ['in HTML', 'p@ss &quot;word&quot;/+ü~?&gt;'],
    ['in HTML by numbers', 'p@ss &#34;word&#x22;/+&#252;~?&#062;'],
    ['in JSON of a URL', 'p%40ss%20\\"word\\"%2F+ü~?>'],
    ['as base64', 'cEBzcyAid29yZCIvK8O8fj8+'],
    ['as base64 for URLs', 'cEBzcyAid29yZCIvK8O8fj8-'],
    ['as base64 in a URL', 'cEBzcyAid29yZCIvK8O8fj8%2B'],
    ['as hex', '7040737320 22776f7264222f2bc3bc7e3f3e'.replace(' ', '')],
    ['as hex of a dump', '70 40 73 73 20 22 77 6F 72 64 22 2F 2B C3 BC 7E 3F 3E'],
  ] as const) {
    it(`hides a secret ${name}`, () => assert.equal(createRedactor([SECRET])(`a ${text} b`), 'a *** b'));
  }

  it('hides apostrophes as they are, and doubled as YAML and SQL write them, also inside of HTML', () => {
    const redact = createRedactor(["it's o''k", "''''''''"]);
    for (const text of ["it's o''k", "it''s o''''k", 'it&#39;&#39;s o&#39;&#39;&#39;&#39;k', "it\\'\\'s o''''k"])
      assert.equal(redact(`key: '${text}' # x`), "key: '***' # x", text);
    assert.equal(redact("it'''s o''k"), "it'''s o''k");
  });

  it('is not slowed by many apostrophes', () => {
    const redact = createRedactor([`${"'".repeat(60)}x`, `${"a'".repeat(40)}x`]);
    const began = performance.now();
    redact("'".repeat(20_000));
    redact("a''".repeat(10_000));
    assert.ok(performance.now() - began < 20_000);
  });

  it('hides base64 with and without its padding', () => {
    assert.equal(createRedactor(['secret1'])('x c2VjcmV0MQ== y c2VjcmV0MQ z c2VjcmV0MQ%3D%3D'), 'x *** y *** z ***');
  });

  it('hides base64 of a longer text, wherever the secret begins in it', () => {
    const redact = createRedactor(['secret-one']);
    assert.equal(redact('Basic dTpzZWNyZXQtb25l'), 'Basic dTp***', 'after u:, whose last byte shares a character');
    assert.equal(redact('Basic bWU6c2VjcmV0LW9uZQ=='), 'Basic bWU6***', 'after me:');
    assert.equal(redact('Basic eW91OnNlY3JldC1vbmU='), 'Basic eW91On***', 'after you:');
    assert.equal(redact('eW91OnNlY3JldC1vbmU6MQ=='), 'eW91On***6MQ==');
  });

  it('hides what a cut left of a secret, and nothing like it where nothing was cut', () => {
    const redact = createRedactor(['secret/one', 'Zm9vOmJhcg==']);
    assert.equal(redact('a secret/o… b "secret…" c secret%2Fon… d secret/one… e'), 'a ***… b "***…" c ***… d ***… e');
    assert.equal(redact('secretsecret/… secret/…secret/on…'), 'secret***… ***…***…');
    assert.equal(redact('a%20b secret%25… secret%2… secret\\u00… secret&#x2…'), 'a%20b ***… ***… ***… ***…');
    assert.equal(
      redact('secret/o secre… secret/oN secretone… secret/on'),
      'secret/o secre… secret/oN secretone… secret/on',
    );
  });

  it('hides every occurrence of every secret, the longest first', () => {
    assert.equal(createRedactor(['abcdef', 'abcdefghi'])('abcdefghi abcdef abcdefghi'), '*** *** ***');
  });

  it('takes the characters of patterns literally', () => {
    assert.equal(createRedactor(['a.c*e(f'])('abcde(f a.c*e(f'), 'abcde(f ***');
  });

  it('leaves short secrets and texts without secrets alone', () => {
    assert.equal(createRedactor([])('abc'), 'abc');
    assert.equal(createRedactor(['abcde'])('abcde'), 'abcde');
    assert.equal(createRedactor(['abcdef'])('abcde'), 'abcde');
  });

  it('leaves no form of any secret in any text', () => {
    const secret = fc.string({ minLength: 6, unit: fc.constantFrom(...'abAB01+/="\\%~<&\'#.*') });
    fc.assert(
      fc.property(
        secret,
        fc.string({ unit: fc.constantFrom(...' xyz{}[]:,\n') }),
        fc.nat(500),
        (text, around, which) => {
          const forms = echoesOf(text);
          const form = forms[which % forms.length]!;
          const left = createRedactor([text])(`${around} ${form} ${around}`);
          assert.ok(
            left.startsWith(`${around} `) &&
              left.endsWith(` ${around}`) &&
              left.includes('***') &&
              !left.includes(text) &&
              !left.includes(form),
            `${form} -> ${left}`,
          );
        },
      ),
    );
  });

  it('hides long secrets too, and the first thousand characters of what is too long for one', () => {
    const long = Array.from({ length: 10_000 }, (_, n) => n.toString(36)).join('-');
    assert.equal(
      createRedactor([long.slice(0, 1000)])(`a ${long.slice(0, 1000)} b ${long.slice(0, 60)}…`),
      'a *** b ***…',
    );
    assert.ok(createRedactor([long])(`a ${long} b`) === `a ***${long.slice(1000)} b`);
  });

  it('is not slow at any text', () => {
    // Steps that grew with the square of the length would take minutes.
    const secrets = ['a\\b/c"d%e&f'.repeat(3), `x${'\\'.repeat(40)}y"`, '%25%25%25%25%25%25'];
    const redact = createRedactor(secrets);
    for (const text of ['\\', '%25', '&amp;', '&#0', 'a\\', '\\u00', 'a'].map((part) =>
      part.repeat(300_000 / part.length),
    ))
      assert.equal(redact(`${text}…${secrets[0]}${text.slice(0, 1000)}…`).includes('…***'), true);
  });
});

describe('plain data, redacted', () => {
  it('has every text of every depth redacted; keys, numbers and what is no text stay', () => {
    const redact = createRedactor(['secret1', '12345678']);
    assert.deepEqual(
      redactAll(
        { secret1: 'a secret1', n: 12345678, deep: { list: ['secret1', null, true, 12345678, ['x']] } },
        redact,
      ),
      { secret1: 'a ***', n: 12345678, deep: { list: ['***', null, true, 12345678, ['x']] } },
    );
  });

  it('is looked into wherever a secret may be, and else given back as it is', () => {
    const redact = createRedactor(['secret1']);
    assert.deepEqual(redactAll(['x', { a: [1, 'secret1'] }], redact), ['x', { a: [1, '***'] }]);
    const clean = { a: ['x', { b: null }] };
    assert.equal(redactAll(clean, redact), clean);
  });
});
