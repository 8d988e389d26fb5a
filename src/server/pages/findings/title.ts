import type { Finding } from './finding.ts';
import { type Health, worstOf } from './health.ts';

/** How a whole page stands. */
export function healthOf(findings: readonly Finding[]): Health {
  return worstOf(findings.map(({ health }) => health));
}

/** What a tab says: how many troubles there are, then the page, or on the overview what is gravest. */
export function titleOf(findings: readonly Finding[], page?: string): string {
  const troubled = findings.filter(({ health }) => health === 'bad' || health === 'warn');
  const troubles = troubled.reduce(
    (sum, { question, sentences }) => sum + (question === 'right' ? sentences.length : 1),
    0,
  );
  const gravest = (['bad', 'warn', 'trend'] as const)
    .map((health) => findings.find((it) => it.health === health))
    .find((it) => it !== undefined);
  const count = troubles === 0 ? '' : `(${troubles}) `;
  return `${count}${page ?? gravest?.head ?? 'All calm'} – sentry-monitor`;
}
