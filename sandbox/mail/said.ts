/** `thenData`: what comes now is a mail. */
export type Said = { readonly say: string; readonly thenData?: true; readonly thenEnd?: true };

/** What a server of mail does about a line or a mail. */
export type Reply = Said | 'cut' | 'hang';
