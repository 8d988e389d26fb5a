import { type Finding, spoken } from '../../../src/core/ports/finding.ts';

/** What is not well, each as a person reads it. */
export function complaintsOf(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ status }) => status !== 'ok').map(spoken);
}

export async function allOf(findings: AsyncIterable<Finding> | undefined): Promise<readonly Finding[]> {
  const all: Finding[] = [];
  for await (const finding of findings ?? []) all.push(finding);
  return all;
}
