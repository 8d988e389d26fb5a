import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { later, refused } from '../../../platform/posting/outcome.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { secretPartsOf } from '../../../platform/posting/secret-parts.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { fit } from './card.ts';
import { NEW_ONE } from './workflow-url.ts';

export interface Settings {
  readonly url: string;
}

/** Starts the workflow that posts a card. */
export function createTeams({ url }: Settings, deps: Deps, service: string): ChannelActs {
  const target = { service, urlVariable: 'teams', url, secrets: secretPartsOf(url), taken, advice } as const;
  return {
    fit: (message, form) => fit(message, form, deps.pictureUrl(message)),
    send: ({ body }, _message, scope) => postMessage({ ...target, body: body as object, scope }, deps),
  };
}

/** NOTE: former addresses answered with a good status and a failure in its text, and what imitates them may. */
function taken({ text }: { readonly text: string }, why: (text: string) => string): SendOutcome | undefined {
  const status = Number(/HTTP error (\d{3})/i.exec(text)?.[1] ?? 0);
  if (status === 0) return undefined;
  const said = why(`says that Teams answered ${status}`);
  return status === 429 || status >= 500 ? later(said, undefined) : refused(said);
}

function advice({ status }: { readonly status: number }): string | undefined {
  if (status === 404 || status === 410) return `the workflow is gone, or switched off; ${NEW_ONE}`;
  return status === 401 || status === 403 ? 'copy its address again, and let anyone trigger the workflow' : undefined;
}
