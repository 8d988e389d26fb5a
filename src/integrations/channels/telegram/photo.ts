import { chartOf } from '../../../core/chart/said.ts';
import { chartInWords, summaryOf } from '../../../core/chart/words.ts';
import type { Drawing } from '../../../core/chart/picture/drawing.ts';
import { pictureOf } from '../../../core/chart/picture/picture.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { multipart } from '../../../platform/posting/multipart.ts';
import type { Pictures } from '../../../platform/pictures/pictures.ts';

/** UTF-16 units below a picture. */
const MOST = 1024;

/** The picture of a message that has one, with its numbers below it; in the plain form in one sentence. */
export function fitPhoto(message: Message, form: 'rich' | 'plain', frame: JsonObject): Fitted {
  const chart = chartOf(message)!;
  const before = message.mayRepeat ? 'May be a repeat: ' : '';
  const room = MOST - before.length;
  const words = form === 'rich' ? chartInWords(chart, room) : summaryOf(chart).slice(0, room);
  const { link_preview_options: _, ...place } = frame;
  return { body: { ...place, caption: `${before}${words}`, drawing: pictureOf(chart) }, leftOut: 0 };
}

/** The body of a picture with the picture itself; any other as it is. */
export async function drawn(body: object, { draw }: Pictures): Promise<object> {
  if (!('drawing' in body)) return body;
  const { drawing, ...fields } = body;
  return { ...fields, photo: await draw(drawing as Drawing) };
}

/** How the Bot API takes a body: a picture as a file in a form, in which what is no text is JSON. */
export function requestOf(body: object): {
  readonly method: 'sendMessage' | 'sendPhoto';
  readonly type?: string;
  readonly body: Buffer | object;
} {
  if (!('photo' in body)) return { method: 'sendMessage', body };
  const { photo, ...fields } = body;
  const texts = Object.entries(fields).map(([key, value]: [string, unknown]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const file = { field: 'photo', name: 'chart.png', type: 'image/png', bytes: photo as Uint8Array };
  return { method: 'sendPhoto', ...multipart(Object.fromEntries(texts), file) };
}
