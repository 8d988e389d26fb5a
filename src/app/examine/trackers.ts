import type { Draft } from '../make-parts.ts';
import { inFile } from '../words/own-words.ts';
import type { Examinable } from './parts.ts';

/** Systems of tickets that files set up. */
export function trackersOf({ config, tickets }: Draft): readonly Examinable[] {
  const [wanted] = config.trackers;
  if (wanted?.configured === undefined || tickets === undefined) return [];
  const { name, configured } = wanted;
  return [{ name, configured, built: tickets.built, filters: [], file: inFile(wanted, config.parts) }];
}
