import type { Gap } from './gap.ts';

/** Why something could not be done. Plain data, without secrets. */
export interface Fault {
  /** One sentence that names the service and what to do, if something can be done. */
  readonly message: string;
  /** Trying the same again later may help. */
  readonly retryable: boolean;
  /** 413: fewer items may pass. */
  readonly tooLarge?: boolean | undefined;
  /** An answered, temporary refusal of this one item: worth sending again in the same run. */
  readonly resend?: boolean | undefined;
  /** Of a filter: what it lacks, where more is known of that than that there was no answer. */
  readonly gaps?: readonly Gap[] | undefined;
}
