import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { findingOf, nameIn, testHint } from '../../../platform/posting/question.ts';
import { secretPartsOf } from '../../../platform/posting/secret-parts.ts';
import type { Made } from '../../plugin.ts';
import { advice, judged, read, type Settings } from './channel.ts';

/** Which webhook it is; one that was deleted is not there. Writes nothing. */
export async function* examine(
  { settings: { url }, deps, name: channel }: Made<Settings>,
  scope: Scope,
): AsyncGenerator<Finding> {
  let name: unknown;
  const { origin, pathname } = new URL(url);
  const taken = ({ text }: Answered): SendOutcome | undefined => {
    name = read(text)['name'];
    return typeof read(text)['id'] === 'string' ? { status: 'accepted' } : undefined;
  };
  const asked = { service: channel, urlVariable: 'discord', url: origin + pathname, secrets: secretPartsOf(url) };
  const outcome = await postMessage({ ...asked, method: 'GET', scope, judged, advice, taken }, deps);
  const well = `is the webhook ${nameIn(name)}; ${testHint(channel)}`;
  yield findingOf(outcome, { channel, what: 'webhook', variable: 'channels.discord' }, well);
}
