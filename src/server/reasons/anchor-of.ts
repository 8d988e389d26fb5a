import { isWhole } from '../../core/delivery/receipt.ts';
import type { Delivered } from '../../core/model/receipt.ts';
import { END_WORDS, RUN_ENDS } from '../../core/model/verdict.ts';
import type { Anchor } from './see.ts';

/** Which row explains what a sink did not take; null: it took all. */
export function anchorOfReceipt(receipt: Pick<Delivered, 'refused' | 'uncertain' | 'failed' | 'error' | 'reason'>) {
  const { uncertain, failed, refused, error = '', reason } = receipt;
  if (isWhole({ accepted: 0, refs: [], ...receipt })) return null;
  if (reason === 'ledger' || error.startsWith('not sent: the ledger')) return 'sink-waits';
  if (uncertain > 0) return 'sink-uncertain';
  return failed === 0 && refused.length > 0 ? 'sink-refused' : 'sink-failed';
}

/** Which row explains why a filter was not read, by the words of its fault. */
export function anchorOfFault(message: string): Anchor {
  const end = RUN_ENDS.find((it) => END_WORDS[it] === message);
  if (end !== undefined) return `ended-${end}`;
  return message.includes('none of its projects can be read') ? 'no-project-left' : 'filter-not-read';
}
