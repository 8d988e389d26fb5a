import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sorted } from '../../core/model/canonical-json.ts';
import type { Filter } from '../../core/model/filter.ts';
import type { Item, JsonValue, Outcome } from '../../core/model/item.ts';
import type { ClaimKey, Delivered } from '../../core/model/receipt.ts';
import { partsOf } from '../../core/model/window.ts';
import type { Columns } from '../database/engine.ts';

/** Values as the tables keep them: JSON with sorted keys; what comes back is checked, because others can write there too. */
export function textOf(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value)) as JsonValue));
}

export function claimOf({ reportId, revision, sink }: ClaimKey): string {
  return JSON.stringify([reportId, revision, sink]);
}

/** A claim's columns that follow from its key; the name of the first is `name`, as in all that a statement is given. */
export interface Keyed {
  readonly name: string;
  readonly report_id: string;
  readonly revision: number;
  readonly sink: string;
  readonly filter: string | null;
  readonly window_start: number | null;
}

export const KEYED: Columns<Keyed> = {
  name: 'text',
  report_id: 'text',
  revision: 'integer',
  sink: 'text',
  filter: 'text',
  window_start: 'bigint',
};

export function keyed(key: ClaimKey): Keyed {
  const { reportId, revision, sink } = key;
  const parts = partsOf(reportId);
  return {
    name: claimOf(key),
    report_id: reportId,
    revision,
    sink,
    filter: parts?.filter ?? null,
    window_start: parts?.start ?? null,
  };
}

/** The same for filters that count the same events. */
export function definitionOf({ projects, environments, levels, searchTerms, exclude, query }: Filter): string {
  const lists = [projects, environments, levels, searchTerms, exclude].map((list) => list.toSorted());
  return createHash('sha256')
    .update(textOf([...lists, query ?? '']))
    .digest('hex')
    .slice(0, 16);
}

const Fault = z.object({
  message: z.string(),
  retryable: z.boolean(),
  tooLarge: z.boolean().optional(),
  resend: z.boolean().optional(),
});
const OutcomeText = z.union([
  z.object({ status: z.literal('accepted'), ref: z.string().optional() }),
  z.object({ status: z.literal('refused'), why: z.string() }),
  z.object({ status: z.enum(['failed', 'uncertain']), fault: Fault }),
]);
const OutcomesText = z.array(z.tuple([z.string(), OutcomeText]));
const ReceiptText = z.object({
  accepted: z.number(),
  refused: z.array(z.object({ key: z.string(), why: z.string() })),
  uncertain: z.number(),
  failed: z.number(),
  refs: z.array(z.string()),
  error: z.string().optional(),
});

const Json: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(Json), z.record(z.string(), Json)]),
);
const ItemsText = z.array(z.object({ key: z.string(), body: z.record(z.string(), Json), lane: z.string().optional() }));

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
export function parse<T>(shape: z.ZodType<T>, text: string, what: string): T {
  const found = shape.safeParse(jsonIn(text));
  if (!found.success) throw new Error(`the ledger holds ${what} that this program did not write`);
  return found.data;
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
