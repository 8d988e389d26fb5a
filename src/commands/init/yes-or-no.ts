import type { Desk } from './answers.ts';

export interface YesOrNo {
  readonly question: string;
  /** What Enter means. */
  readonly otherwise: 'yes' | 'no';
  /** What comes next, for somebody who has answered that already. */
  readonly next?: string;
}

/** Asks until it is one of both. What was typed instead may be a secret, and is not said. */
export async function askYesOrNo(
  { question, otherwise, next }: YesOrNo,
  { asker, say }: { readonly asker: NonNullable<Desk['asker']>; readonly say: Desk['say'] },
): Promise<boolean> {
  for (;;) {
    const answer = await asker.ask(question, otherwise);
    if (/^(y|yes|true)$/i.test(answer)) return true;
    if (/^(n|no|false)$/i.test(answer)) return false;
    say(`   answer yes or no${next === undefined ? '' : `; ${next}`}`);
  }
}
