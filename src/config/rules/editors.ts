import * as z from 'zod/mini';
import type { Check } from '../filters/texts.ts';

/** What editors know of a text that is read by code: how it looks, roughly as a pattern, and some to choose from. */
export function words(looks: string, pattern: string, examples: readonly string[]): Check {
  return z.meta({ pattern, patternErrorMessage: looks, examples: [...examples] });
}
