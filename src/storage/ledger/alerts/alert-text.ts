import * as z from 'zod/mini';
import type { Alert } from '../../../core/model/alerting/alert.ts';
import { parse } from '../codec.ts';

const AnObject = z.looseObject({});
const AnAlert = z.looseObject({ id: z.string(), state: z.string(), filter: z.string(), rule: z.string() });

/** What a text of JSON holds, or an error that names it. */
export function parseObject(text: string, what: string): object {
  return parse(AnObject, text, what);
}

export function alertIn(text: string): Alert {
  return parse(AnAlert, text, 'an alert') as unknown as Alert;
}
