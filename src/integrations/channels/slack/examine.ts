import type { Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { findingOf, nameIn, testHint } from '../../../platform/posting/question.ts';
import type { Made } from '../../plugin.ts';
import { createApi } from './api.ts';
import type { Settings } from './channel.ts';

const KEY = 'channels.slack.key';

/** Whether Slack takes the token, and lets it write. Writes nothing. */
export async function* examine(
  { settings: { token, apiUrl }, deps, name: channel }: Made<Settings>,
  scope: Scope,
): AsyncGenerator<Finding> {
  const api = createApi({ service: channel, token, apiUrl }, deps);
  const { outcome, team, user, scopes } = await api.test(scope);
  const lacks = scopes !== null && !scopes.includes('chat:write');
  if (outcome.status === 'accepted' && lacks) {
    const say = 'may not write: give the app the scope chat:write, and install it again';
    yield { check: `${channel} token`, status: 'failed', variable: KEY, say };
    return;
  }
  const well = `taken by ${nameIn(team)} as ${nameIn(user)}; ${testHint(channel)}`;
  yield findingOf(outcome, { channel, what: 'token', variable: KEY }, well);
}
