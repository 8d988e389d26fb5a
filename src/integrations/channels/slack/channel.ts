import { fit } from '../../vendors/slack/fit.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { createApi } from './api.ts';
import { sendWith } from './send.ts';

export interface Settings {
  readonly channel: string;
  readonly token: string;
  readonly apiUrl: string;
}

/** Speaks as a bot to one channel. */
export function createSlack({ channel: to, token, apiUrl }: Settings, deps: Deps, service: string): ChannelActs {
  const api = createApi({ service, token, apiUrl }, deps);
  return {
    fit: (message, form) => fit(message, form, { frame: { channel: to }, pictureUrl: deps.pictureUrl }),
    send: ({ body }, message, scope) => sendWith(api, body as object, message, scope),
  };
}
