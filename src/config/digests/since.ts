import type { FilterSet } from '../filters/set/assemble.ts';
import { lineIn, type PlacedDigest } from './placed.ts';
import type { LineFault } from '../filters/sheet.ts';

/** What is wrong with a digest of what was stored: its filters are to read intakes alone. */
export function sinceFault(digest: PlacedDigest, set: FilterSet): LineFault | undefined {
  const plan = set.digests.find(({ name }) => name === digest.name);
  if (plan?.since === undefined) return undefined;
  const parts = [...set.parts, ...set.lostParts].filter(({ section }) => section === 'intakes');
  const intakes = new Set(parts.map(({ name }) => name));
  const wrong = set.filters.find(
    ({ name, projects }) => plan.filters.includes(name) && projects.some((project) => !intakes.has(project)),
  );
  if (wrong === undefined) return undefined;
  const project = wrong.projects.find((it) => !intakes.has(it));
  const text =
    `${digest.said}: since: the filter ${wrong.name} reads ${project}, which is no intake: only of intakes it is known ` +
    'what was stored when; name filters of intakes alone, or leave since out';
  return { line: lineIn(digest, 'since'), text };
}
