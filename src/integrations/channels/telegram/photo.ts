import { chartInWords, chartOf, summaryOf } from '../../../core/chart/words.ts';
import { pictureOf } from '../../../core/chart/picture/picture.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { multipart } from '../../../platform/posting/multipart.ts';

/** UTF-16 units below a picture. */
const MOST = 1024;

/** What becomes a picture with words below it. */
export type Photo = JsonObject & {
  /** What is drawn. */
  readonly photo: string;
  readonly caption: string;
};

/** The picture of a message that has one, with its numbers below it; in the plain form in one sentence. */
export function fitPhoto(message: Message, form: 'rich' | 'plain', frame: JsonObject): Fitted {
  const chart = chartOf(message)!;
  const before = message.mayRepeat ? 'May be a repeat: ' : '';
  const room = MOST - before.length;
  const words = form === 'rich' ? chartInWords(chart, room) : summaryOf(chart).slice(0, room);
  const { link_preview_options: _, ...place } = frame;
  return { body: { ...place, caption: `${before}${words}`, photo: pictureOf(chart) }, leftOut: 0 };
}

export function isPhoto(body: object): body is Photo {
  return 'photo' in body;
}

/** As the Bot API takes a file: fields that are objects are JSON. */
export function photoForm({ photo: _, ...fields }: Photo, png: Uint8Array): ReturnType<typeof multipart> {
  const texts = Object.entries(fields).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const file = { field: 'photo', name: 'chart.png', type: 'image/png', bytes: png };
  return multipart(Object.fromEntries(texts) as Record<string, string>, file);
}
