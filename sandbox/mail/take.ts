import type { State } from '../world/state.ts';
import { type Envelope, mailFault, readMail } from './rules.ts';

/** Keeps a mail, or says why it does not. `id`: what the server calls it, where that is not the mail's own. */
export function takeMail(
  { received, clock }: State,
  raw: string,
  envelope: Envelope,
  { n, id }: { readonly n: number; readonly id?: string },
): string | undefined {
  const { messages, refused } = received.mail;
  const [to = ''] = envelope.to;
  const why = mailFault(raw, envelope);
  if (why !== undefined) refused.push({ n, to, status: 554, why, at: clock.now() });
  else {
    const mail = readMail(raw);
    messages.push({ n, at: clock.now(), to, ...mail, id: id ?? mail.id });
  }
  return why;
}
