import * as z from 'zod/mini';
import { FILE } from './file.ts';

/** A filters file in JSON Schema, as far as that can say it: for editors, and for the docs. */
export interface EditorSchema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxLength?: number;
  readonly items?: EditorSchema;
  readonly properties?: Readonly<Record<string, EditorSchema>>;
}

/** What is written in the file is what comes out of it: no value changes its kind. */
export function editorSchema(file: z.ZodMiniType = FILE): EditorSchema {
  return z.toJSONSchema(file, { io: 'output', target: 'draft-07' }) as EditorSchema;
}
