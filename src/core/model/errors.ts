import type { Fault } from './fault.ts';
import type { Gap } from './gap.ts';
import type { Outcome } from './item.ts';

/** What is known of a failed request besides its message. */
export interface UpstreamFacts {
  /** Name of the service asked, for messages and logs. */
  readonly service: string;
  /** HTTP status of the last answer; undefined: there was none. */
  readonly status?: number | undefined;
  /** The service's own words, shortened and masked; '' when it had none. */
  readonly detail?: string | undefined;
  /** Trying the same again later may help. */
  readonly retryable: boolean;
  /** As in a `Fault`. */
  readonly passes?: true | undefined;
  /** Some try may have been stored although no answer said so. */
  readonly maybeStored?: boolean | undefined;
  /** The run ended (deadline, shutdown) before an answer came. */
  readonly aborted?: boolean | undefined;
  /** The answer was larger than what is read of one: a question with a smaller answer may pass. */
  readonly answerTooLarge?: boolean | undefined;
  /** As in a `Fault`. */
  readonly gaps?: readonly Gap[] | undefined;
}

/**
 * A service could not be reached, refused, or answered what it does not document.
 * Never holds the HTTP client's own error: that one keeps our keys.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly facts: UpstreamFacts;

  constructor(message: string, facts: UpstreamFacts) {
    super(message);
    this.facts = facts;
  }

  get status(): number | undefined {
    return this.facts.status;
  }
}

/** A request does not get its turn within the run. The message says why, for people. */
export class TurnTooLate extends Error {
  override readonly name = 'TurnTooLate';
}

/** The shared ledger does not do what it is asked, just now. The message says why, and is for people. */
export class LedgerTrouble extends Error {
  override readonly name = 'LedgerTrouble';
  /** What a person must do; undefined: it may pass by itself. */
  readonly remedy: string | undefined;
  /** The database's or the network's own, where it has one. */
  readonly code: string | undefined;

  constructor(message: string, remedy?: string, code?: string) {
    super(message);
    this.remedy = remedy;
    this.code = code;
  }
}

/** There is no room for more events. It passes when older ones were forgotten. */
export class EventsFull extends LedgerTrouble {}

/** The shared ledger must not be used by this program, and trying again does not help. The message says what to do. */
export class LedgerRefused extends Error {
  override readonly name: string = 'LedgerRefused';
}

/** Any thrown thing as plain data. A programming error keeps its message and is not retryable. */
export function faultOf(error: unknown): Fault {
  if (error instanceof UpstreamError) {
    const { retryable, passes, gaps } = error.facts;
    const own = { message: error.message, retryable, tooLarge: error.status === 413 };
    const fault = passes === true ? { ...own, passes } : own;
    return gaps === undefined ? fault : { ...fault, gaps };
  }
  if (error instanceof LedgerTrouble || error instanceof LedgerRefused)
    return { message: error.message, retryable: error instanceof LedgerTrouble };
  return { message: `internal error: ${error instanceof Error ? error.message : String(error)}`, retryable: false };
}

/** The same with the places of an error of ours, for who tells the admin. */
export function tracedFaultOf(error: unknown): Fault {
  const fault = faultOf(error);
  return fault.message.startsWith('internal error: ') ? { ...fault, ...traceOf(error) } : fault;
}

/** Places of a trace that are told. */
const MOST_PLACES = 6;

function traceOf(error: unknown): Pick<Fault, 'trace'> {
  const lines = (error instanceof Error ? (error.stack ?? '') : '').split('\n').map((line) => line.trim());
  const trace = lines.filter((line) => line.startsWith('at ')).slice(0, MOST_PLACES);
  return trace.length === 0 ? {} : { trace: trace.map(shortPlace) };
}

/** Without where the program lies. */
function shortPlace(line: string): string {
  return line.replace(/(?:file:\/\/)?\/\S*?\/(?=(?:src|dist|node_modules)\/)/, '');
}

/** What an error of a whole request means for each of its items. */
export function outcomeOf(error: unknown): Outcome {
  const maybeStored = error instanceof UpstreamError && error.facts.maybeStored === true;
  return { status: maybeStored ? 'uncertain' : 'failed', fault: faultOf(error) };
}

/**
 * A 2xx answer that the vendor does not document: something else answered, or it is not known what was stored.
 * `urlVariable`: the setting that says where it went.
 */
export function undocumented(service: string, status: number, urlVariable: string): Outcome {
  return {
    status: 'uncertain',
    fault: {
      message:
        `${service}: answered ${status} with something it does not document; ` +
        `check ${urlVariable} and what stands between`,
      retryable: true,
    },
  };
}
