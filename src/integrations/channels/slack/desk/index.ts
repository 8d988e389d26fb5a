import type { Desk, PressedAt } from '../../../../core/ports/alerting/desk.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Deps } from '../../../plugin.ts';
import { optionOf } from '../../../vendors/slack/buttons.ts';
import { createApi } from '../api.ts';
import type { Settings } from '../channel.ts';
import { lookedIn, pressedIn } from './payload.ts';
import { repliesOf } from './replies.ts';
import { isSigned } from './signature.ts';

/** What people do in Slack with messages of this channel. */
export function createDesk({ token, apiUrl, signingSecret, users }: Settings, deps: Deps, service: string): Desk {
  const access = { service, token, apiUrl };
  const api = createApi(access, deps);
  let team: string | null | undefined;
  /** Null: Slack does not say. It is asked once. */
  const ownTeam = async (scope: Scope): Promise<string | null> => (team ??= (await api.test(scope)).teamId);
  return {
    users: users ?? null,
    isSigned: (posted, now) => signingSecret !== undefined && isSigned(posted, signingSecret, now),
    pressed: pressedIn,
    looked: lookedIn,
    options: (choices) => ({ options: choices.map(optionOf) }),
    async isAt(at, ref, scope) {
      if (!isWhere(at, ref)) return false;
      const ours = at.team === null ? null : await ownTeam(scope);
      return ours === null || ours === at.team;
    },
    ...repliesOf(access, api, deps),
  };
}

/** Whether a message may be the one of `ref`; what nobody says is no reason against it. */
function isWhere({ channel, ids }: PressedAt, ref: string | null): boolean {
  const [, ownChannel, ts] = /^([^/]+)\/([^/]+)\//.exec(ref ?? '') ?? [];
  if (ownChannel !== undefined && channel !== null && channel !== ownChannel) return false;
  return ts === undefined || ids.length === 0 || ids.includes(ts);
}
