import type { Clock } from '../../core/ports/clock.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { AddressGuard } from './guarded-lookup.ts';

/** One request, repeated as retry-policy.ts says. */
export interface HttpRequest {
  /** Name of the service, for messages and logs. */
  readonly service: string;
  readonly method: 'GET' | 'POST';
  /** Without the query. */
  readonly url: string;
  /**
   * Whoever has the address may use it (a webhook, a check's ping): of such a one logs show only scheme and host. Its
   * path may be too short to be found and hidden.
   */
  readonly isSecretUrl?: boolean | undefined;
  /** Repeated names are allowed. */
  readonly params?: readonly (readonly [string, string])[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Whole answer included, ms, per try. */
  readonly timeoutMs: number;
  /** Storing this twice does no harm: then no answer, 502 and 504 are repeated too. */
  readonly repeatSafe: boolean;
  /** Values that may stand in an answer and must not stand in an error. */
  readonly secrets: readonly string[];
  readonly scope: Scope;
  /** Runs each try in a slot of a limited resource; waits between tries hold none. */
  readonly slot?: (<T>(attempt: () => Promise<T>) => Promise<T>) | undefined;
  /** Told of each try that is made. */
  readonly onTry?: (() => void) | undefined;
  /** Tries in all, at most; undefined: as many as the trouble is worth. */
  readonly tries?: number | undefined;
  /** Told of each answer, of whatever status, while the try still holds its slot. */
  readonly onAnswer?: ((answer: HttpAnswer) => void) | undefined;
  /** Told how long the service asked everybody to wait, ms. */
  readonly onWait?: ((ms: number) => void) | undefined;
  /**
   * Looks at each address before a connection is made to it, on every try. Only with `repeatSafe: false`, where each
   * try has a connection of its own.
   */
  readonly guard?: AddressGuard | undefined;
  /** So large an answer is read, bytes, 32 MB at most; undefined: so much. */
  readonly maxBytes?: number | undefined;
  /** The answer's text has one letter for each of its bytes; undefined: it is read as UTF-8. */
  readonly isBinary?: boolean | undefined;
  /** The variable that holds the address, for messages. */
  readonly urlVariable?: string | undefined;
  /** What to do about an answer that is no success, when more is known than its status tells; undefined: nothing is. */
  readonly advice?: ((answer: Answered) => string | undefined) | undefined;
  /** A vendor's temporary answer that its status does not show. */
  readonly temporary?: ((status: number, text: string) => boolean) | undefined;
}

/** An answer, of whatever status. */
export interface Answered {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** When it came, epoch ms by our clock. Absent: nobody noted it. */
  readonly receivedAt?: number | undefined;
}

/** An answer with a 2xx status. */
export interface HttpAnswer extends Answered {
  /** Epoch ms by our clock, of the try that was answered. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Sends a request and gives back the 2xx answer; rejects with an UpstreamError for everything else.
 * Redirects are not followed: they would carry our keys elsewhere.
 */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** Is told what requests cost, by the name of the service. */
export interface HttpWatch {
  /** `status`: null when no answer came; `again`: not the request's first try. */
  tried(service: string, status: number | null, again: boolean): void;
  /** So long a request was held back because the service had said that we ask too often, ms. */
  waited(service: string, ms: number): void;
}

export interface HttpDeps extends Clock {
  /** [0, 1), for jitter. */
  random(): number;
  /** `product/version` */
  readonly userAgent: string;
  readonly watch?: HttpWatch | undefined;
}
