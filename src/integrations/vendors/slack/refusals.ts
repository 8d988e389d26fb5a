import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';

/** Certainly not stored, and it may pass. */
const LATER = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Slack says of these that a part may be done. */
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'rollup_error']);

/** The message is at fault; a plainer one may pass. */
const BAD_TEXT = new RegExp(
  '^(no_text|invalid_blocks|invalid_blocks_format|msg_blocks_too_long|msg_too_long|markdown_text_conflict|' +
    'too_many_attachments|attachment_payload_limit_exceeded|metadata_too_large|invalid_metadata_\\w+|' +
    'invalid_arguments|invalid_post_type|invalid_charset|invalid_payload)$',
);

/** The message that was to be edited or answered is not there any more. */
const GONE = new Set(['message_not_found', 'thread_not_found', 'cannot_reply_to_message']);

/** What to do about the ones that happen when a channel is set up. */
const ADVICE: Readonly<Record<string, string>> = {
  channel_not_found: 'check its name, write its id instead, or invite the app to it',
  not_in_channel: 'invite the app to the channel, or give it the scope chat:write.public',
  is_archived: 'name a channel that is not archived',
  channel_is_archived: 'name a channel that is not archived',
  missing_scope: 'give the app the scope chat:write, and install it again',
  no_service: 'make a new webhook: this one is gone',
  no_active_hooks: 'make a new webhook: this one is gone',
  invalid_token: 'make a new webhook: this one is gone',
};
const TOKEN = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired']);

/** What a word of Slack's against a message comes to; `say` writes a sentence about it. */
export function outcomeOfWord(word: string, say: (text: string) => string): SendOutcome {
  const advice = adviceFor(word);
  const why = say(`says no: ${word}${advice === undefined ? '' : `; ${advice}`}`);
  if (LATER.has(word)) return { status: 'retry', why };
  if (UNKNOWN.has(word)) return { status: 'uncertain', why };
  return BAD_TEXT.test(word) ? { status: 'refused', why, isText: true } : { status: 'refused', why };
}

/** Slack cannot say itself whether it did it. */
export function isUnknown(word: string): boolean {
  return UNKNOWN.has(word);
}

export function isGone(word: string | null): boolean {
  return word !== null && GONE.has(word);
}

/** A word as Slack has them: nothing else is taken for one. */
export function isWord(text: string): boolean {
  return /^[a-z]+(_[a-z]+)+$/.test(text) || text === 'ratelimited' || text === 'accesslimited';
}

/** What to do about it, where that is known. */
export function adviceFor(word: string): string | undefined {
  return TOKEN.has(word) ? 'check its key: the token of a bot, which begins with xoxb-' : ADVICE[word];
}
