import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import type { Worded } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { type Part, plainParts, richParts } from './parts.ts';

/** UTF-16 units of a text, without what says how it looks. */
const MOST = 4096;

interface Content extends JsonObject {
  readonly text: string;
  readonly entities: readonly JsonObject[];
}

/**
 * A text, and beside it which parts of it look how: so nothing of it has to be escaped, and nothing can be cut in two.
 * `frame`: what the body has besides.
 */
export function fit(message: Message, form: 'rich' | 'plain', frame: JsonObject): Fitted {
  const render = (words: Worded): Content => contentOf(form === 'rich' ? richParts(words) : plainParts(words));
  const { rendered, leftOut } = fitWords(message, render, ({ text }) => text.length <= MOST);
  const { text, entities } = rendered;
  return { body: { ...frame, text, ...(entities.length === 0 ? {} : { entities }) }, leftOut };
}

/** Places are in UTF-16 units, as Telegram counts them. */
function contentOf(parts: readonly Part[]): Content {
  let text = '';
  const entities: JsonObject[] = [];
  for (const { text: own, type, url } of parts) {
    const place = { offset: text.length, length: own.length };
    if (url !== undefined) entities.push({ type: 'text_link', ...place, url });
    else if (type !== undefined) entities.push({ type, ...place });
    text += own;
  }
  return { text, entities };
}
