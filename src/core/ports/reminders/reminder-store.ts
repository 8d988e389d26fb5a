import type { Message } from '../../model/alerting/message.ts';

/** A reminder as all servers know it. Instants are epoch ms. */
export interface KnownReminder {
  readonly name: string;
  /** When the files that have it were read: a server with older ones does not take it away. */
  readonly loadedAt: number;
  /** The newest instant that was told; at first when it became known. */
  readonly toldTo: number;
}

/** A message for one channel. */
export interface ForChannel {
  readonly channel: string;
  readonly message: Message;
}

/** Which days of reminders were told, shared by all servers. */
export interface ReminderStore {
  all(): Promise<readonly KnownReminder[]>;
  /** One that is known stays as it is, but for a later `loadedAt`. */
  put(reminders: readonly KnownReminder[]): Promise<void>;
  forget(names: readonly string[]): Promise<void>;
  /**
   * All up to `at` is told by these messages, created at `now`, or without any; it takes effect together. False:
   * another server has done it, and nothing changed.
   */
  told(name: string, at: number, messages: readonly ForChannel[], now: number): Promise<boolean>;
}
