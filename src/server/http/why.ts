/**
 * Header of every answer that tells of trouble: the reason in one line, for a cron's mail, where the body is not seen.
 */
export const WHY = 'Sentry-Monitor-Why';

const MOST = 300;

/**
 * As a header may have it, and a terminal: printable ASCII, at most 300 characters; a `?` for each other one. Secrets
 * have to be masked before: half of one is not found any more.
 */
export function whyLine(text: string): string {
  const line = text
    .replaceAll('…', '...')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/[^ -~]/gu, '?');
  return line.length <= MOST ? line : `${line.slice(0, MOST - 3)}...`;
}
