import { cleanText, shortText } from '../../../../core/alerts/words/clean-text.ts';
import type { Looked, Pressed, PressedAt, Presser } from '../../../../core/ports/alerting/desk.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import { actIn, belowIn } from '../../../vendors/slack/press-ids.ts';

type Part = Readonly<Record<string, unknown>>;

/** What was pressed; null: nothing of ours, undefined: it cannot be read. */
export function pressedIn(body: string): readonly Pressed[] | null | undefined {
  const payload = payloadIn(body);
  if (payload === undefined) return undefined;
  if (payload['type'] !== 'block_actions') return null;
  const { actions } = payload;
  const who = presserIn(payload);
  const trigger = textIn(payload['trigger_id']);
  if (!Array.isArray(actions) || actions.length > MOST.actions || who === undefined) return undefined;
  const found = actions.filter(isPart).flatMap((action, n): Pressed[] => {
    const below = belowIn(action['block_id']) ?? belowIn(action['value']);
    const act = actIn(textIn(action['action_id']) ?? '', chosenIn(action));
    const press = trigger ?? textIn(action['action_ts']);
    if (below === undefined || act === undefined || press === undefined) return [];
    return [{ id: `slack/${who.id}/${press}/${n}`, act, ...below, who, at: placeIn(payload) }];
  });
  return found.length === 0 ? null : found;
}

/** What is looked for; null: nothing of ours, undefined: it cannot be read. */
export function lookedIn(body: string): Looked | null | undefined {
  const payload = payloadIn(body);
  if (payload === undefined) return undefined;
  const who = presserIn(payload);
  if (who === undefined) return undefined;
  const below = belowIn(payload['block_id']);
  const isOurs = payload['type'] === 'block_suggestion' && /^add_to_ticket(\/\d+)?$/.test(String(payload['action_id']));
  if (!isOurs || below === undefined) return null;
  const text = typeof payload['value'] === 'string' ? payload['value'].slice(0, MOST.text).toWellFormed() : '';
  return { text, messageId: below.messageId, who, at: placeIn(payload) };
}

/** Actions of a post, characters of a text. */
const MOST = { actions: 25, text: 200 };

/** The one field of the form. */
function payloadIn(body: string): Part | undefined {
  const [payload, ...others] = new URLSearchParams(body).getAll('payload');
  const found = payload === undefined || others.length > 0 ? undefined : parseJson(payload);
  return isPart(found) ? found : undefined;
}

function presserIn({ user, team, enterprise }: Part): Presser | undefined {
  if (!isPart(user)) return undefined;
  const id = textIn(user['id']);
  if (id === undefined || !/^[A-Z0-9]{1,40}$/.test(id)) return undefined;
  const own = textIn(user['team_id']);
  const here = isPart(team) ? textIn(team['id']) : undefined;
  const name = textIn(user['username']) ?? textIn(user['name']) ?? '';
  return {
    id,
    name: shortText(cleanText(name), 60),
    // Of one enterprise users have other teams, and are no strangers.
    isStranger: !isPart(enterprise) && own !== undefined && here !== undefined && own !== here,
  };
}

/** NOTE: `message`, `channel` and `team` may be missing, or null. */
function placeIn({ team, channel, container, message, response_url: answerUrl }: Part): PressedAt {
  const [inTeam, inChannel, around, own] = [team, channel, container, message].map((it) => (isPart(it) ? it : {}));
  const times = [around!['message_ts'], own!['ts'], around!['thread_ts'], own!['thread_ts']];
  return {
    team: textIn(inTeam!['id']) ?? null,
    channel: textIn(inChannel!['id']) ?? textIn(around!['channel_id']) ?? null,
    ids: [...new Set(times.flatMap((time) => textIn(time) ?? []))],
    answerUrl: textIn(answerUrl) ?? null,
  };
}

function chosenIn(action: Part): string | undefined {
  const { selected_option: option } = action;
  return isPart(option) ? textIn(option['value']) : undefined;
}

function textIn(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' && given.length <= 3000 ? given : undefined;
}

function isPart(given: unknown): given is Part {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
