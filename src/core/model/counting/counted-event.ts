/** An event as it is counted, wherever it was read. */
export interface CountedEvent {
  /** When it happened, epoch ms; null: nobody says. */
  readonly at: number | null;
  /** Null for an event without an issue. */
  readonly issueId: string | null;
  /** What terms are looked for in, A to Z in lower case. */
  readonly text: string;
  readonly title: string;
  readonly culprit: string | null;
  readonly user: string | null;
  /** The value of a tag, or of a field that can be asked for by name; '' when there is none. */
  tag(name: string): string;
}
