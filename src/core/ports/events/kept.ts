import type { Reject, Sample } from '../../model/events/event.ts';

/** An issue's first or newest event. */
export interface KeptSample {
  readonly which: 'first' | 'newest';
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly eventId: string;
  readonly release: string | null;
  readonly environment: string | null;
  readonly user: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly sample: Sample | null;
}

/** An issue whose words are those of another, or all but its last. */
export interface AlikeIssue {
  readonly project: string;
  readonly issueId: string;
  readonly likeness: 'exact' | 'similar';
  readonly title: string;
  readonly newest: KeptSample;
}

export interface AlikeIssues {
  /** The newest event first. */
  readonly issues: readonly AlikeIssue[];
  readonly isMore: boolean;
}

export interface KeptRejects {
  readonly total: number;
  /** How many remarks there were on records that were read all the same. */
  readonly notes: number;
  /** Both, the newest first. */
  readonly newest: readonly (Reject & { readonly isNote: boolean })[];
}
