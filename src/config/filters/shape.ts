import * as z from 'zod/mini';
import { from } from './kinds.ts';
import { Written } from './sheet.ts';

/** A key of a map: how it is read, and what holds where it is not written. */
export interface Key<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly schema: S;
  /** For people: what it means. */
  readonly doc: string;
  readonly fallback?: z.output<S>;
  /** There is no filter without it; completes "name is missing; …". */
  readonly needed?: string;
  /** It cannot be a default; completes "name cannot be a default; …". */
  readonly own?: string;
}

export type Keys = Readonly<Record<string, Key>>;

type Certain<K extends Keys> = {
  [P in keyof K]: K[P] extends { readonly needed: string } | { readonly fallback: unknown } ? P : never;
}[keyof K];

/** What keys say once everything that was not written is filled in. */
export type Filled<K extends Keys> = { readonly [P in Certain<K>]: Readonly<z.output<K[P]['schema']>> } & {
  readonly [P in Exclude<keyof K, Certain<K>>]?: Readonly<z.output<K[P]['schema']>> | undefined;
};

/** What is known to editors and docs goes along with each key. */
export function shapeOf<K extends Keys>(
  keys: K,
  may: (key: Key) => z.ZodMiniType,
): { readonly [P in keyof K]: z.ZodMiniOptional<K[P]['schema']> } {
  const shape = Object.entries(keys).map(([name, key]) => [name, z.optional(may(key).check(z.meta(metaOf(key))))]);
  return Object.fromEntries(shape) as { [P in keyof K]: z.ZodMiniOptional<K[P]['schema']> };
}

function metaOf({ doc, fallback }: Key): z.core.GlobalMeta {
  return { description: doc, ...(fallback === undefined ? {} : { default: fallback }) };
}

export function optional({ schema }: Key): z.ZodMiniType {
  return schema;
}

/** A key that is written must have a value. */
export function present({ schema }: Key): z.ZodMiniType {
  function take(given: unknown, { issues }: z.core.ParsePayload): unknown {
    if (given !== null && !(given instanceof Written && given.value === null)) return given;
    issues.push({ code: 'custom', input: given, message: 'has no value; write one or remove the key' });
    return z.NEVER;
  }
  return from(take, schema);
}

export function fallbacksOf<K extends Keys>(keys: K): Partial<Filled<K>> {
  const found = Object.entries(keys).flatMap(([name, { fallback }]) =>
    fallback === undefined ? [] : [[name, fallback]],
  );
  return Object.fromEntries(found) as Partial<Filled<K>>;
}
