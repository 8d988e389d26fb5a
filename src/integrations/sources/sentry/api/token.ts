/** What is known of a token by its beginning. */
export interface TokenKind {
  readonly name: string;
  /** Why it cannot be used here, and what to do. */
  readonly unusable?: string;
  /** Why another kind is better. */
  readonly doubt?: string;
}

const ORGANIZATION: TokenKind = {
  name: 'an organization token (sntrys_)',
  unusable: 'an organization token (sntrys_), which can only upload for CI; use the token of an internal integration',
};
const USER: TokenKind = {
  name: 'a token of a user (sntryu_)',
  doubt: "it shares that user's rate limit and ends with the user; better use the token of an internal integration",
};
const KINDS: readonly (readonly [prefix: string, kind: TokenKind])[] = [
  ['sntrys_', ORGANIZATION],
  ['sntryu_', USER],
  ['sntryi_', { name: 'a token of an integration (sntryi_)' }],
  ['sntrya_', { name: 'a token of an application (sntrya_)' }],
];

/** Older tokens, and those of GlitchTip, say nothing of themselves. */
export function kindOfToken(token: string): TokenKind {
  return KINDS.find(([prefix]) => token.startsWith(prefix))?.[1] ?? { name: 'a token without a kind in its name' };
}
