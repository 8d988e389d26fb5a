import { baseUrl, commaList, secret, wholeNumber } from '../../../src/config/formats.ts';
import type { Schema } from '../../../src/config/schema.ts';

export const KEY = 'sk-0123456789abcdef';

export interface Settings {
  readonly token: string;
  readonly url: string;
  readonly rows: number;
  readonly spare: readonly string[] | undefined;
}

export const schema: Schema<Settings> = {
  token: { env: 'ACME_TOKEN', doc: 'token of Acme', format: secret(1), default: null, sensitive: true },
  url: { env: 'ACME_URL', doc: 'address of Acme', format: baseUrl, default: 'https://acme.example.com' },
  rows: { env: 'ACME_ROWS', doc: 'rows', format: wholeNumber(1, 50), default: 5 },
  spare: {
    env: 'ACME_SPARE',
    doc: 'spare tokens',
    format: commaList(secret(1)),
    default: null,
    optional: true,
    sensitive: true,
  },
};
