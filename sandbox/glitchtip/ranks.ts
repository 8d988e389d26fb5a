/** What lists are ordered by: instants and counts are numbers, slugs texts. */
export type Rank = number | string;

export type RankForm = 'instant' | 'number' | 'text';

/** How a rank is written in a cursor, and read; undefined: it cannot be one. */
export const RANKS: Readonly<Record<RankForm, { text(rank: Rank): string; parse(text: string): Rank | undefined }>> = {
  instant: { text: (rank) => instantText(Number(rank)), parse: parseInstant },
  number: { text: String, parse: parseNumber },
  text: { text: String, parse: (text) => text },
};

/** As Python writes it: `2026-11-20 10:00:00+00:00`, with `.123000` when there is a fraction. */
function instantText(instant: number): string {
  const text = new Date(instant).toISOString().replace('T', ' ');
  return instant % 1000 === 0 ? `${text.slice(0, 19)}+00:00` : `${text.slice(0, 23)}000+00:00`;
}

function parseInstant(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{3})?)(?:\d{3})?\+00:00$/.exec(text);
  const instant = Date.parse(`${parts?.[1] ?? ''}T${parts?.[2] ?? ''}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

function parseNumber(text: string): number | undefined {
  return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}
