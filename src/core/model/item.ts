import type { Fault } from './fault.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A single record for a sink. */
export interface Item {
  /** The same on every server for the same report and record. */
  readonly key: string;
  /** Exactly what goes over the wire. */
  readonly body: JsonObject;
  /** Items of different lanes never share a request (a vendor with two endpoints). */
  readonly lane?: string | undefined;
}

/** What became of one item. `uncertain`: it may or may not have been stored. */
export type Outcome =
  | { readonly status: 'accepted'; readonly ref?: string | undefined }
  | { readonly status: 'refused'; readonly why: string }
  | { readonly status: 'failed' | 'uncertain'; readonly fault: Fault };
