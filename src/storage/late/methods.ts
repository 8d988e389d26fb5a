import type { AlertStore } from '../../core/ports/alerting/alert-store.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';

/** Every method of a store by its name, for what is loaded late: one that is missing here is an error of types. */
export type Methods<T> = Readonly<Record<keyof T, true>>;

export const ALERTS: Methods<Required<AlertStore>> = {
  learn: true,
  transaction: true,
  begin: true,
  conclude: true,
  look: true,
};

export const OUTBOX: Methods<Outbox> = {
  now: true,
  due: true,
  lease: true,
  renew: true,
  release: true,
  open: true,
  form: true,
  note: true,
  mutes: true,
  mute: true,
  unmute: true,
  deploys: true,
  deploy: true,
  channels: true,
  tally: true,
  tellings: true,
  messages: true,
  tellingsOf: true,
  messagesOf: true,
  listed: true,
  held: true,
  keepAction: true,
  actions: true,
  acknowledged: true,
  post: true,
};

export const WATCHES: Methods<WatchStore> = { now: true, claim: true, keep: true, forget: true, read: true, all: true };
