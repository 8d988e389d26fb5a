import { createHash } from 'node:crypto';

/** A file among the fields of a form. */
export interface FormFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A form with a file, as RFC 7578 has it: its body and its type. The same for the same content. */
export function multipart(
  fields: Readonly<Record<string, string>>,
  { field, name, type, bytes }: FormFile,
): { readonly type: string; readonly body: Buffer } {
  // NOTE: no content holds what is made of all of it.
  const digest = createHash('sha256').update(JSON.stringify(fields)).update(bytes).digest('hex');
  const boundary = `sentry-monitor-${digest.slice(0, 40)}`;
  const head = (disposition: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${disposition}\r\n`;
  const texts = Object.entries(fields).map(([key, value]) => `${head(`${key}"`)}\r\n${value}\r\n`);
  const before = `${texts.join('')}${head(`${field}"; filename="${name}"`)}Content-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(before), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}
