import { fitWords } from '../../../core/alerts/words/fit-words.ts';
import { shortText } from '../../../core/alerts/words/clean-text.ts';
import type { Worded } from '../../../core/alerts/words/worded.ts';
import type { Fitted, Message } from '../../../core/model/alerting/message.ts';
import type { JsonObject } from '../../../core/model/item.ts';
import { type Buttons, buttonsBelow } from './buttons.ts';
import { blocksOf, sizeOf } from './blocks.ts';
import { barsOf, escaped, MOST_TEXT, textOf } from './text.ts';

/** Slack refuses a message whose blocks are together much longer than that. */
const MOST_LETTERS = 12_000;
const MOST_BLOCKS = 50;

interface Around {
  /** What the body has besides. */
  readonly frame?: JsonObject;
  /** Where Slack fetches a message's picture; null: it has none, or Slack cannot. */
  pictureUrl(message: Message): string | null;
  /** Absent: nobody can press anything. */
  readonly buttons?: Buttons | undefined;
}

/** NOTE: Slack refuses blocks with a picture that it cannot fetch; the plain form has its numbers as letters. */
export function fit(message: Message, form: 'rich' | 'plain', { frame = {}, pictureUrl, buttons }: Around): Fitted {
  const picture = pictureUrl(message);
  const below = (place: number): readonly JsonObject[] =>
    buttons === undefined ? [] : buttonsBelow(message, place, buttons);
  const { rendered, leftOut } =
    form === 'rich'
      ? fitWords(
          message,
          (words) => richly(words, { picture, below }),
          ({ blocks }) => blocks.length <= MOST_BLOCKS && sizeOf(blocks) <= MOST_LETTERS,
        )
      : fitWords(message, plainly, ({ text }) => text.length <= MOST_TEXT);
  return { body: { ...frame, ...rendered, unfurl_links: false, unfurl_media: false }, leftOut };
}

function richly(words: Worded, around: Parameters<typeof blocksOf>[1]) {
  const whole = textOf(words);
  const text = whole.length <= MOST_TEXT ? whole : escaped(shortText(words.head, MOST_TEXT / 5));
  return { text, blocks: blocksOf(words, around) };
}

function plainly(words: Worded) {
  return { text: textOf(words, barsOf(words)), mrkdwn: false };
}
