import { cleanText, shortText } from '../../core/alerts/words/clean-text.ts';
import type { SendOutcome } from '../../core/ports/alerting/channel.ts';
import type { Finding } from '../../core/ports/finding.ts';

/** What a vendor is asked about, without a message: of which channel, and by which variable. */
export interface Question {
  readonly channel: string;
  readonly what: string;
  readonly variable: string;
}

/** `well`: what is so when it was answered as it should be. */
export function findingOf(outcome: SendOutcome, { channel, what, variable }: Question, well: string): Finding {
  const check = `${channel} ${what}`;
  if (outcome.status === 'accepted') return { check, status: 'ok', variable, say: well };
  return { check, status: 'failed', variable, say: outcome.why.replace(`${channel}: `, '') };
}

/** What no question shows. */
export function testHint(channel: string): string {
  return `whether a message arrives shows sentry-monitor channels test ${channel}`;
}

/** A name as a vendor has it, for a terminal. */
export function nameIn(value: unknown): string {
  return typeof value === 'string' && value.trim() !== '' ? shortText(cleanText(value), 80) : '(without a name)';
}
