import type { Alert, Fate } from './alert.ts';
import type { Fitted } from './message.ts';

/** What became of an alert at one channel, as answers show it. */
export type ChannelFate =
  /** `tries`: posts of the message that it is in; `error`: the last one's, or why it waits. */
  | { readonly status: Fate | 'sent before'; readonly tries: number; readonly error?: string | undefined }
  | { readonly status: 'skipped'; readonly why: 'debug'; readonly payload: Fitted['body'] };

/** An alert and whom it is for. */
export interface SeenAlert {
  readonly alert: Alert;
  /** By channel. */
  readonly channels: Readonly<Record<string, ChannelFate>>;
}
