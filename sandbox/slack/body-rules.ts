import { isRecord } from '../http/message.ts';
import type { ReceivedMessage } from '../world/inbox.ts';
import { type BlockFault, blocksFault, linesOf, pictureIn } from './blocks.ts';
import { pressablesIn } from './actions.ts';
import { markupFault, unescaped } from './mrkdwn.ts';

/** Slack takes so many letters of a text, and fewer when it is edited. */
const MOST = { post: 40_000, update: 4000 } as const;

const KNOWN = ['text', 'blocks', 'unfurl_links', 'unfurl_media', 'mrkdwn'];
const FLAGS = ['unfurl_links', 'unfurl_media', 'mrkdwn'] as const;

type Content = Readonly<Record<string, unknown>>;

/**
 * What is wrong with the text and blocks of a message; undefined: nothing. Stricter than Slack where it would take what
 * people then do not see as it was meant. `others`: keys that this method has besides.
 */
export function contentFault(
  body: Content,
  others: readonly string[],
  kind: keyof typeof MOST,
): BlockFault | undefined {
  const strange = Object.keys(body).find((key) => !KNOWN.includes(key) && !others.includes(key));
  if (strange !== undefined) return bad(`${strange} is not known`);
  const { text, blocks } = body;
  const flag = FLAGS.find((key) => body[key] !== undefined && typeof body[key] !== 'boolean');
  if (flag !== undefined) return bad(`${flag} is neither true nor false`);
  if (text !== undefined && typeof text !== 'string') return bad('text is no text');
  if (text === undefined || text.trim() === '') return { word: 'no_text', why: 'no text' };
  if (text.length > MOST[kind]) return { word: 'msg_too_long', why: `${String(text.length)} letters` };
  if (!text.isWellFormed() || text.includes('\u0000')) return bad('text with half a character, or none');
  const markup = markupFault(text);
  if (markup !== undefined) return bad(`text has ${markup}`);
  if (body['mrkdwn'] !== false && blocks === undefined && /[*_~`]/.test(text)) return bad('text has markup');
  return blocks === undefined ? undefined : blocksFault(blocks);
}

function bad(why: string): BlockFault {
  return { word: 'invalid_arguments', why };
}

/** How people see it: in one line, and whole. */
export function readingOf({ text, blocks }: Content): Reading {
  const whole = unescaped(String(text));
  const [subject = ''] = whole.split('\n');
  if (!Array.isArray(blocks)) return { subject, text: whole };
  const picture = pictureIn(blocks);
  const pressables = pressablesIn(blocks);
  return {
    ...{ subject, text: linesOf(blocks.filter((block) => !isActions(block))).join('\n') },
    ...(picture === undefined ? {} : { picture }),
    ...(pressables.length === 0 ? {} : { pressables }),
  };
}

function isActions(block: unknown): boolean {
  return isRecord(block) && block['type'] === 'actions';
}

type Reading = Pick<ReceivedMessage, 'subject' | 'text' | 'picture' | 'pressables'>;

export function isContent(body: unknown): body is Content {
  return isRecord(body);
}
