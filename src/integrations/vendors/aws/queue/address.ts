import { inWords, wholeUrl } from '../../../../config/formats.ts';

const EXAMPLE = 'https://sqs.us-east-1.amazonaws.com/123456789012/events';
/** Amazon's has the account too; another server's may have something else before the name, or nothing. */
const [AMAZONS, ANOTHERS] = [/^\/\d{12}\/[\w-]{1,80}(\.fifo)?$/, /^\/([^/]+\/)*[\w.-]+$/];

/** Ends in the queue's name. */
export const queueAddress = inWords(`the address of a queue, such as ${EXAMPLE}`, (text) => {
  const address = wholeUrl(text);
  const { hostname, pathname } = new URL(address);
  if ((isAmazons(hostname) ? AMAZONS : ANOTHERS).test(pathname)) return address;
  const lacking = isAmazons(hostname) ? 'account and name of the queue' : "the queue's name";
  throw new Error(`does not end in ${lacking}; copy the whole address of the queue, such as ${EXAMPLE}`);
});

/** Whether a host is Amazon's, and no server of one's own. */
export function isAmazons(hostname: string): boolean {
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(hostname);
}
