import type { Answer, Ask } from '../model/reading.ts';
import type { ProgressListener } from '../ports/run-listener.ts';
import type { Scope } from '../ports/scope.ts';
import type { Source } from '../ports/source.ts';

/** What is said of an ask that stayed without an answer. */
const OWED = { message: 'the source gave no answer', retryable: true };

/** The source's answers as they come. Whoever listens hears one for each ask, also when the reading breaks off. */
export async function* readAnswers(
  source: Source,
  asks: readonly Ask[],
  scope: Scope,
  progress: Pick<ProgressListener, 'read'>,
): AsyncGenerator<Answer> {
  const open = new Set(asks);
  try {
    for await (const answer of source.read(asks, scope)) {
      open.delete(answer.ask);
      progress.read(answer);
      yield answer;
    }
  } finally {
    for (const ask of open) progress.read({ ask, fault: OWED });
  }
}
