import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { isPage, later, refused } from '../../../platform/posting/outcome.ts';

/** What the Bot API says. */
export interface Said {
  readonly isOk: boolean;
  /** Its own words, as they came. */
  readonly description: string;
  /** What was asked for. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Where the message is now. */
  readonly ref: string | undefined;
  /** The id that a group has since it became a supergroup. */
  readonly movedTo: number | null;
  readonly retryAfterMs: number | undefined;
}

/** Undefined: nothing that the Bot API would say. */
export function saidIn(text: string): Said | undefined {
  const body = objectOf(parseJson(text));
  const { ok, description } = body;
  if (typeof ok !== 'boolean') return undefined;
  const result = objectOf(body['result']);
  const { migrate_to_chat_id: movedTo, retry_after: after } = objectOf(body['parameters']);
  return {
    isOk: ok,
    description: typeof description === 'string' ? description : '',
    result,
    ref: refOf(result),
    movedTo: Number.isSafeInteger(movedTo) ? (movedTo as number) : null,
    retryAfterMs: Number.isSafeInteger(after) && (after as number) >= 0 ? (after as number) * 1000 : undefined,
  };
}

function refOf({ message_id: id, chat }: Readonly<Record<string, unknown>>): string | undefined {
  const { id: where } = objectOf(chat);
  return Number.isSafeInteger(id) && Number.isSafeInteger(where) ? `${String(where)}/${String(id)}` : undefined;
}

/** Words for a message that another form may mend. */
const BAD_TEXT = /can't parse|too long|is empty|entit/i;

/** A sentence about an answer, with what it says of itself and with what to do; without secrets. */
export type Say = (answer: Pick<Answered, 'status'>, description: string) => string;

/** What a 2xx answer means; undefined: as it does everywhere. */
export function outcomeOfGood(answer: Answered, said: Said | undefined, say: Say): SendOutcome | undefined {
  if (said === undefined && isPage(answer.text)) return undefined;
  if (said === undefined) return { status: 'uncertain', why: say(answer, 'does not say whether it took it') };
  if (!said.isOk) return refused(say(answer, said.description));
  return said.ref === undefined ? { status: 'accepted' } : { status: 'accepted', ref: said.ref };
}

/** What an answer of another status than 2xx means; undefined: as it does everywhere. */
export function outcomeOfStatus({ status }: Answered, said: Said | undefined, why: string): SendOutcome | undefined {
  if (status === 429) return said?.retryAfterMs === undefined ? undefined : later(why, said.retryAfterMs);
  if (said === undefined || status === 408 || status === 425 || status >= 500) return undefined;
  return status === 400 && BAD_TEXT.test(said.description) ? { status: 'refused', why, isText: true } : refused(why);
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/chat not found/i, 'check its id, and add the bot to it'],
  [/blocked by the user/i, 'that user has to start the bot again'],
  [/was kicked|is not a member/i, 'add the bot to the chat again'],
  [/can't initiate/i, 'that user has to start the bot first'],
  [/thread not found|TOPIC/, 'check thread: it is the id of a topic of that group'],
  [/not enough rights|CHAT_WRITE_FORBIDDEN/, 'let the bot write there'],
  [/unauthorized/i, 'check its key: the token that BotFather gave'],
  [/^not found/i, 'check its key, and TELEGRAM_API_URL'],
];

export function adviceFor(description: string): string | undefined {
  return ADVICE.find(([pattern]) => pattern.test(description))?.[1];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
