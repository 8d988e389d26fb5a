import { faultOf } from '../model/errors.ts';

/** What came of a look at one thing. Plain data, without secrets. */
export interface Finding {
  /** What was looked at, a part's name first: `sentry projects`. */
  readonly check: string;
  /** - warning: it works, or is not known, and a person should look at it; failed: it does not work as it is set up */
  readonly status: 'ok' | 'warning' | 'failed';
  /** What is so; for the others also what to do. On one line. */
  readonly say: string;
  /** The variable that it depends on. */
  readonly variable?: string | undefined;
  /** file:line of a filter's key. */
  readonly where?: string | undefined;
}

/** For a person: where to look, then what is to be said. */
export function spoken({ variable, where, say }: Omit<Finding, 'check' | 'status'>): string {
  return [variable, where, say].filter((part) => part !== undefined).join(': ');
}

/** That something of a part failed, in the error's words. `part`: the instance's name. */
export function failed(part: string, what: string, variable: string, error: unknown): Finding {
  return { check: `${part} ${what}`, status: 'failed', variable, say: faultOf(error).message.replace(`${part}: `, '') };
}
