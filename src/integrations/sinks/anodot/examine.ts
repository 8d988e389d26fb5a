import { UpstreamError } from '../../../core/model/errors.ts';
import { failed, type Finding } from '../../../core/ports/finding.ts';
import type { Answered, HttpAnswer } from '../../../platform/http/client.ts';
import { shortWords } from '../../../platform/http/failure.ts';
import type { Redact } from '../../../platform/redact.ts';
import { refusalOfAll } from './answer.ts';

/** What to do about an answer that is no success. */
export function adviceOn({ status }: Answered): string | undefined {
  if (status === 401 || status === 403)
    return 'check ANODOT_TOKEN (the data collection key of the account, not an access key) and ANODOT_URL';
  return status === 404 ? 'check ANODOT_URL' : undefined;
}

/** Whether the token is taken, by a post without samples. */
export async function* examine(
  name: string,
  postNothing: () => Promise<HttpAnswer>,
  redact: Redact,
): AsyncGenerator<Finding> {
  const token = { check: `${name} token`, variable: 'ANODOT_TOKEN' };
  try {
    const { status, text } = await postNothing();
    const refusal = refusalOfAll(text, redact);
    if (refusal === undefined) {
      const words = shortWords(text, redact);
      const answer = `answered ${status}${words === '' ? '' : `: ${words}`}`;
      const say = `${answer}, which Anodot does not document; check ANODOT_URL`;
      yield { check: `${name} connection`, variable: 'ANODOT_URL', status: 'failed', say };
    } else if (refusal === null) yield { ...token, status: 'ok', say: 'taken' };
    else
      yield { ...token, status: 'failed', say: `is refused: ${refusal}; take the data collection key of the account` };
  } catch (error) {
    const isToken = error instanceof UpstreamError && (error.status === 401 || error.status === 403);
    yield isToken ? failed(name, 'token', 'ANODOT_TOKEN', error) : failed(name, 'connection', 'ANODOT_URL', error);
  }
}
