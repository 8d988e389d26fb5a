import assert from 'node:assert/strict';
import { commaList, flag, plain } from '../../src/config/formats.ts';
import {
  checkSettings,
  readSettings,
  type Schema,
  secretsOf,
  SettingsError,
  variablesOf,
} from '../../src/config/schema.ts';
import { KEY, schema } from '../support/config/acme-settings.ts';

function faultsOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('reading settings', () => {
  it('gives values and defaults', () => {
    assert.deepEqual(readSettings(schema, { ACME_TOKEN: KEY }), {
      token: KEY,
      url: 'https://acme.example.com',
      rows: 5,
    });
    assert.deepEqual(
      readSettings(schema, { ACME_TOKEN: KEY, ACME_ROWS: '7', ACME_SPARE: 'a,b', ACME_URL: 'http://x/' }),
      { token: KEY, url: 'http://x', rows: 7, spare: ['a', 'b'] },
    );
  });

  it('takes an empty or blank variable for one that is not set', () => {
    assert.deepEqual(
      readSettings(schema, { ACME_TOKEN: KEY, ACME_ROWS: '', ACME_URL: '  ', ACME_SPARE: undefined }).rows,
      5,
    );
    assert.deepEqual(
      faultsOf(() => readSettings(schema, { ACME_TOKEN: '' })),
      [
        {
          variable: 'ACME_TOKEN',
          text: 'is not set; set it, or ACME_TOKEN_FILE to a file that holds it (token of Acme)',
        },
      ],
    );
  });

  it('tells all faults at once', () => {
    const act = () => readSettings(schema, { ACME_ROWS: 'many', ACME_URL: 'acme', ACME_SPARE: 'a b' });
    assert.throws(act, {
      name: 'SettingsError',
      message: [
        'ACME_TOKEN: is not set; set it, or ACME_TOKEN_FILE to a file that holds it (token of Acme)',
        'ACME_URL: is not an http or https address; write it in full, such as https://sentry.example.com',
        'ACME_ROWS: "many" is not a whole number from 1 to 50; write digits only, without a unit',
        'ACME_SPARE: has white space inside; copy the value again, on one line',
      ].join('\n'),
    });
  });

  it('names a required variable without speaking of files when it is no secret', () => {
    const one: Schema<{ org: string }> = {
      org: { env: 'ORG', doc: 'slug of the organization', format: plain, default: null },
    };
    assert.deepEqual(
      faultsOf(() => readSettings(one, {})),
      [{ variable: 'ORG', text: 'is not set; set it (slug of the organization)' }],
    );
  });

  it('gives what could be read beside the faults', () => {
    const { settings, faults } = checkSettings(schema, { ACME_TOKEN: KEY, ACME_ROWS: '0' });
    assert.deepEqual(settings, { token: KEY, url: 'https://acme.example.com' });
    assert.deepEqual(
      faults.map(({ variable }) => variable),
      ['ACME_ROWS'],
    );
  });

  it('never reads the environment or arguments of the process', () => {
    process.env['ACME_ROWS'] = '9';
    try {
      assert.equal(readSettings(schema, { ACME_TOKEN: KEY }).rows, 5);
    } finally {
      delete process.env['ACME_ROWS'];
    }
  });

  it('lists variables with their defaults as text', () => {
    assert.deepEqual(variablesOf(schema), [
      {
        env: 'ACME_TOKEN',
        doc: 'token of Acme',
        format: 'at least 1 characters',
        default: null,
        sensitive: true,
        required: true,
      },
      {
        env: 'ACME_URL',
        doc: 'address of Acme',
        format: 'an http or https address',
        default: 'https://acme.example.com',
        sensitive: false,
        required: false,
      },
      {
        env: 'ACME_ROWS',
        doc: 'rows',
        format: 'a whole number from 1 to 50',
        default: '5',
        sensitive: false,
        required: false,
      },
      {
        env: 'ACME_SPARE',
        doc: 'spare tokens',
        format: 'comma list: at least 1 characters',
        default: null,
        sensitive: true,
        required: false,
      },
    ]);
  });

  it('reads the default of a list and of a flag like one that was set', () => {
    const odd: Schema<{ list: readonly string[]; on: boolean }> = {
      list: { env: 'LIST', doc: 'list', format: commaList(), default: ['a', 'b'] },
      on: { env: 'ON', doc: 'on', format: flag, default: false },
    };
    assert.deepEqual(readSettings(odd, {}), { list: ['a', 'b'], on: false });
    assert.deepEqual(
      variablesOf(odd).map((variable) => variable.default),
      ['a,b', 'false'],
    );
  });

  it('knows its secrets, each entry of a list by itself', () => {
    assert.deepEqual(secretsOf(schema, readSettings(schema, { ACME_TOKEN: KEY, ACME_SPARE: 'a,b' })), [KEY, 'a', 'b']);
    assert.deepEqual(secretsOf(schema, readSettings(schema, { ACME_TOKEN: KEY })), [KEY]);
  });
});
