/** What became of one request. */
export type SendOutcome =
  /** `ref`: the vendor's own id of the message, for threads and edits. */
  | { readonly status: 'accepted'; readonly ref?: string | undefined }
  /** For good. `isText`: the vendor cannot read the text; the plain form may pass. */
  | { readonly status: 'refused'; readonly why: string; readonly isText?: boolean | undefined }
  /** Certainly not stored; not before `afterMs`, where the vendor says so. */
  | { readonly status: 'retry'; readonly why: string; readonly afterMs?: number | undefined }
  | { readonly status: 'uncertain'; readonly why: string };
