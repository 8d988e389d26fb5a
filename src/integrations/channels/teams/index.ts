import { inWords, secretUrl } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import type { Channel, SendOutcome } from '../../../core/ports/alerting/channel.ts';
import { postMessage } from '../../../platform/posting/post.ts';
import { later, refused } from '../../../platform/posting/outcome.ts';
import { secretPartsOf } from '../../../platform/posting/secret-parts.ts';
import { channelPlugin, type Deps } from '../../plugin.ts';
import { fit } from './card.ts';

interface Settings {
  readonly url: string;
}

const NEW_ONE = 'make one in Teams with Workflows, Send webhook alerts to a channel';

const workflowUrl = inWords('an http or https address', (text) => {
  const { hostname, searchParams } = new URL(secretUrl(text));
  if (/(^|\.)webhook\.office(365)?\.com$/.test(hostname))
    throw new Error(`is of a connector, which Teams no longer has; ${NEW_ONE}`);
  if (/(^|\.)logic\.azure\.com$/.test(hostname))
    throw new Error(`is an address that Workflows no longer has; copy the new one from the workflow, or ${NEW_ONE}`);
  if (/(^|\.)powerplatform\.com$/.test(hostname) && !searchParams.has('sig'))
    throw new Error('has no sig= in it; copy the address of the workflow again, in full');
  return new URL(text).href;
});

/** A workflow of Teams that posts a card. It starts, and nobody learns whether it comes to its end. */
export const teams = channelPlugin<Settings>({
  settings: {
    url: {
      doc: 'Address of the workflow that posts to the channel',
      format: workflowUrl,
      default: null,
      sensitive: true,
      env: 'channels.teams',
      key: 'teams',
    },
  },
  create,
  budget: { count: 60, perMs: HOUR_MS },
});

function create({ url }: Settings, deps: Deps, service: string): Channel {
  const target = { service, urlVariable: 'teams', url, secrets: secretPartsOf(url), taken, advice } as const;
  return {
    name: service,
    repeatSafe: false,
    isPerSubject: false,
    fit,
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
