import * as z from 'zod/mini';
import type { Outcome } from '../../../core/model/item.ts';
import { shortWords } from '../../../platform/http/failure.ts';
import { parseJson } from '../../../platform/http/json.ts';
import type { Redact } from '../../../platform/redact.ts';

/** General error, rate, concurrent requests, metrics per second. */
const FOR_THE_MOMENT = new Set(['1002', '1004', '2002', '2003']);

const Refused = z.union([
  z.pipe(
    z.string(),
    z.transform((description) => ({ error: '', description, index: null })),
  ),
  z.object({
    index: z.nullish(z.union([z.string(), z.number()])),
    error: z.nullish(z.pipe(z.union([z.string(), z.number()]), z.transform(String))),
    description: z.nullish(z.string()),
  }),
]);
const AnswerBody = z.object({ errors: z.array(Refused) });

/**
 * The outcome of each sample; null when the answer is not what Anodot documents. An entry without a position is about
 * all. Beside entries with one, the request was taken apart, and a counter may hold some of the others already.
 */
export function outcomesIn(
  text: string,
  length: number,
  redact: Redact,
  repeatSafe: boolean,
): readonly Outcome[] | null {
  const parsed = AnswerBody.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const outcomes: Outcome[] = Array.from({ length }, () => ({ status: 'accepted' }));
  const single = new Map<number, Outcome>();
  for (const { index, error, description } of parsed.data.errors) {
    const position = String(index ?? '').trim() === '' ? Number.NaN : Number(index);
    const isOne = Number.isInteger(position) && position >= 0 && position < length;
    const outcome = refusal(
      redact([error ?? '', description ?? ''].filter((part) => part !== '').join(' ')),
      error ?? '',
      isOne,
    );
    if (isOne) single.set(position, outcome);
    else outcomes.fill(outcome);
  }
  const isMixed = single.size > 0 && !repeatSafe;
  return outcomes.map(
    (outcome, position) =>
      single.get(position) ??
      (isMixed && outcome.status === 'failed'
        ? { status: 'uncertain', fault: { ...outcome.fault, resend: false } }
        : outcome),
  );
}

/** What Anodot says against a request without samples; null: nothing; undefined: it is no answer of Anodot's. */
export function refusalOfAll(text: string, redact: Redact): string | null | undefined {
  const parsed = AnswerBody.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const [first] = parsed.data.errors;
  if (first === undefined) return null;
  return shortWords([first.error ?? '', first.description ?? ''].join(' '), redact);
}

/** A sample is refused for good; a whole request (a token that is not active) may pass once that is mended. */
function refusal(said: string, code: string, isOne: boolean): Outcome {
  const words = said
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200)
    .toWellFormed();
  const why = `anodot: ${words === '' ? 'refused without a reason' : words}`;
  const resend = FOR_THE_MOMENT.has(code);
  if (isOne && !resend) return { status: 'refused', why };
  return { status: 'failed', fault: { message: why, retryable: resend, resend } };
}
