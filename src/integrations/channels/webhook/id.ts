/**
 * A message's id as `webhook-id` has it: the same for equal ids, and another for others. A header takes no other
 * letters, and a receiver splits what is signed at full stops.
 */
export function webhookId(id: string): string {
  return id.replaceAll(/[^\w:@/+-]/gu, (letter) => `~${letter.codePointAt(0)!.toString(16)}`);
}
