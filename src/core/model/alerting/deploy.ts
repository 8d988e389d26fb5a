/** A release that is under way, or was lately: what is new in its time is told together. */
export interface Deploy {
  /** The same for the same release of the same filters. */
  readonly id: string;
  readonly what: { readonly kind: 'filter' | 'team'; readonly name: string };
  readonly release: string;
  /** Epoch ms; so is `until`. */
  readonly since: number;
  /** It ends by itself. */
  readonly until: number;
}
