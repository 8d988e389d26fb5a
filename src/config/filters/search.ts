import * as z from 'zod/mini';
import { atMost, type Check, oneLine, quietly } from './texts.ts';

/** A literal text to search for. */
export const SEARCHABLE: readonly Check[] = oneLine();

/** A search in the source's own syntax, which the source judges. White space around it is dropped. */
export const QUERY: readonly Check[] = [z.trim(), ...oneLine(quietly), atMost(4000)];
