import type { Gap } from './gap.ts';

/** Whether it may pass by itself: whoever tells people of it first waits. */
export function mayPass({ retryable, passes }: Pick<Fault, 'retryable' | 'passes'>): boolean {
  return retryable || passes === true;
}

/** Why something could not be done. Plain data, without secrets. */
export interface Fault {
  /** One sentence that names the service and what to do, if something can be done. */
  readonly message: string;
  /** Trying the same again later may help. */
  readonly retryable: boolean;
  /** It may pass by itself all the same, without anybody mending anything here: the other side's own trouble. */
  readonly passes?: true | undefined;
  /** Of trouble in our own code: where it is, the innermost first. */
  readonly trace?: readonly string[] | undefined;
  /** 413: fewer items may pass. */
  readonly tooLarge?: boolean | undefined;
  /** An answered, temporary refusal of this one item: worth sending again in the same run. */
  readonly resend?: boolean | undefined;
  /** Of a filter: what it lacks, where more is known of that than that there was no answer. */
  readonly gaps?: readonly Gap[] | undefined;
}
