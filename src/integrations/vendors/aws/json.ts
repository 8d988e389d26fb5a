/** Ids of events and issues are text or numbers; those of them pass what a number can hold. */
const IDS: ReadonlySet<string> = new Set(['id', 'eventID', 'groupID']);

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** JSON whose ids keep every digit: they come as text. Throws what `JSON.parse` throws. */
export function parseWithIds(text: string): unknown {
  const revive: Reviver = (key, value, { source }) =>
    typeof value === 'number' && IDS.has(key) && source !== undefined ? source : value;
  return JSON.parse(text, revive as Parameters<typeof JSON.parse>[1]);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null: it is no text, or an empty one. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
