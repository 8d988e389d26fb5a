/** Something that a person did about alerts or messages. Plain data. */
export interface Action {
  /** Unique. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Name of who did it; `cli` of a command, `post` of a post that names nobody. */
  readonly by: string;
  readonly kind: ActionKind;
  /** Id of the mute, of the alert, of the message, or key of the ticket; '' of what was erased. */
  readonly target: string;
  /** What it was done to, and why; one line for people. */
  readonly text: string;
}

/**
 * - acknowledge: somebody is at it, so repeats of the alert stop until its episode is over
 * - ticket: made, opened again, or written into
 * - erase: what was stored of a user, whose name is not kept
 */
export const ACTION_KINDS = ['mute', 'unmute', 'acknowledge', 'send again', 'ticket', 'erase'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];
