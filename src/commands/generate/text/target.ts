import type { Filter } from '../../../core/model/filter.ts';

/** What generated texts are made of. */
export interface Material {
  /** Those that are sent to the target's sink. */
  readonly filters: readonly Filter[];
  /** Number of the account; 0 where the text names none. */
  readonly account: number;
  /** Lines for the top of it. */
  readonly notes: readonly string[];
}

/** What a command can write. */
export interface Target {
  /** The sink that the text is about; undefined: the service itself. */
  readonly sink?: string;
  /** The text names an account of the vendor: whose number, and the variable that holds it. */
  readonly account?: { readonly of: string; readonly env: string };
  make(material: Material): Made;
}

/**
 * Texts, each for a file of its own: several only where the vendor does not take it as one, and `several` says so. Or
 * why the vendor would not take it at all, with what to do.
 */
export type Made = { readonly texts: readonly string[]; readonly several?: string } | { readonly refused: string };
