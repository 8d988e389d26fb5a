/** Something that a person did about alerts or messages. Plain data. */
export interface Action {
  /** Unique. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Name of who did it; `cli` of a command, `post` of a post that names nobody. */
  readonly by: string;
  readonly kind: ActionKind;
  /** Id of the mute, of the alert, of the message, or key of the ticket. */
  readonly target: string;
  /** What it was done to, and why; one line for people. */
  readonly text: string;
}

/**
 * - acknowledge: somebody is at it, so repeats of the alert stop until its episode is over
 * - ticket: made, opened again, or written into
 */
export const ACTION_KINDS = ['mute', 'unmute', 'acknowledge', 'send again', 'ticket'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];
