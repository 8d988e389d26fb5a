import * as z from 'zod/mini';
import { sorted } from '../../core/model/canonical-json.ts';
import type { Item, JsonValue, Outcome } from '../../core/model/item.ts';
import type { Delivered } from '../../core/model/receipt.ts';

/** A value as the tables keep it: JSON with sorted keys. What comes back is checked: others can write there too. */
export function textOf(value: unknown): string {
  return JSON.stringify(sorted(value as JsonValue));
}

const Fault = z.object({
  message: z.string(),
  retryable: z.boolean(),
  tooLarge: z.optional(z.boolean()),
  resend: z.optional(z.boolean()),
});
const OutcomeText = z.union([
  z.object({ status: z.literal('accepted'), ref: z.optional(z.string()) }),
  z.object({ status: z.literal('refused'), why: z.string() }),
  z.object({ status: z.enum(['failed', 'uncertain']), fault: Fault }),
]);
const OutcomesText = z.array(z.tuple([z.string(), OutcomeText]));

export const Json: z.ZodMiniType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(Json), z.record(z.string(), Json)]),
);
const ItemsText = z.array(
  z.object({ key: z.string(), body: z.record(z.string(), Json), lane: z.optional(z.string()) }),
);

/** Null: these are no items. */
export function itemsIn(text: string): readonly Item[] | null {
  return ItemsText.safeParse(jsonIn(text)).data ?? null;
}

export function outcomesIn(text: string | null): ReadonlyMap<string, Outcome> {
  return new Map(text === null ? [] : parse(OutcomesText, text, 'outcomes'));
}

export function receiptIn(text: string | null): Delivered {
  return parse(ReceiptText, text ?? '', 'a receipt');
}

/** What a statement's text holds, or an error that names it: rows that somebody else wrote are not guessed at. */
export function parse<T>(shape: z.core.$ZodType<T>, text: string, what: string): T {
  const found = z.safeParse(shape, jsonIn(text));
  if (!found.success) throw new Error(`the ledger holds ${what} that this program did not write`);
  return found.data;
}

/**
 * Checks the same, by code that is made for it at its first use. NOTE: for what a page reads by ten thousands; there it
 * takes a fifth, elsewhere making it takes longer than it gains.
 */
export function compiled<S extends z.core.$ZodObject>(shape: S): z.core.$ZodType<z.output<S>, z.input<S>> {
  const made: unknown = new z.core.$ZodObjectJIT(shape._zod.def);
  return made as z.core.$ZodType<z.output<S>, z.input<S>>;
}

const ReceiptText = compiled(
  z.object({
    accepted: z.number(),
    refused: z.array(z.object({ key: z.string(), why: z.string() })),
    uncertain: z.number(),
    failed: z.number(),
    refs: z.array(z.string()),
    error: z.optional(z.string()),
  }),
);

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
