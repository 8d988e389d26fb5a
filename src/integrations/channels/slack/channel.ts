import { fit } from '../../vendors/slack/fit.ts';
import type { ChannelActs, Deps } from '../../plugin.ts';
import { createApi } from './api.ts';
import { sendWith } from './send.ts';

export interface Settings {
  readonly channel: string;
  readonly token: string;
  readonly apiUrl: string;
  /** By which Slack signs what it posts; undefined: nobody acts from messages. */
  readonly signingSecret: string | undefined;
  /** Ids of users who may do everything from messages; undefined: nobody is named. */
  readonly users: readonly string[] | undefined;
}

/** Speaks as a bot to one channel. */
export function createSlack(settings: Settings, deps: Deps, service: string): ChannelActs {
  const { channel, token, apiUrl, signingSecret } = settings;
  const api = createApi({ service, token, apiUrl }, deps);
  const buttons = signingSecret === undefined ? undefined : { teams: deps.tickets?.teams ?? null };
  return {
    fit: (message, form) => fit(message, form, { frame: { channel }, pictureUrl: deps.pictureUrl, buttons }),
    send: ({ body }, message, scope) => sendWith(api, body as object, message, scope),
  };
}
