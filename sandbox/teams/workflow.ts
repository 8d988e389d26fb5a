import { type Answer, bare, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { cardFault, cardIn } from './card-rules.ts';
import { linesOf, pictureIn } from './card-text.ts';

/** The workflow breaks off above this. */
const MOST_BYTES = 28 * 1024;

/** Of the one workflow there is. */
export const WORKFLOW = '/powerautomate/automations/direct/workflows/5f0c/triggers/manual/paths/invoke';

/**
 * A workflow of Teams that posts a card: it says 202 to whatever looks like a message, and breaks off later where the
 * card is none, which only its own list of runs shows.
 */
export function runWorkflow(state: State, request: VendorRequest): Answer {
  const { received, keys, clock } = state;
  const note = (status: number, why: string): void => {
    received.teams.refused.push({ n: request.n, to: 'channel', status, why, at: clock.now() });
  };
  const refuse = (status: number, code: string, message: string): Answer => {
    note(status, message);
    return json(status, { error: { code, message } });
  };
  if (request.path !== WORKFLOW) return refuse(404, 'WorkflowNotFound', 'the workflow could not be found');
  if (request.query.get('sig') !== keys.teamsSignature)
    return refuse(401, 'DirectApiAuthorizationRequired', 'the signature is not valid');
  const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '');
  const parsed = isJson && request.method === 'POST' ? parseJson(request.raw.toString('utf8')) : undefined;
  const card = parsed === undefined ? undefined : cardIn(parsed.value);
  if (card === undefined) return refuse(400, 'TriggerInputSchemaMismatch', 'the input does not fit the schema');
  const fault = request.raw.length > MOST_BYTES ? 'Request Entity Too Large' : cardFault(card);
  if (fault !== undefined) note(202, fault);
  else {
    const lines = linesOf(card);
    const [subject = ''] = lines;
    const picture = pictureIn(card);
    const { n } = request;
    received.teams.messages.push({
      ...{ n, at: clock.now(), to: 'channel', id: `run-${String(n)}`, thread: null },
      ...{ subject, text: lines.join('\n') },
      ...(picture === undefined ? {} : { picture }),
    });
  }
  return bare(202);
}
