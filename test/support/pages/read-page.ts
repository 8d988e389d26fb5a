/** What a page of the service says, and how: read by patterns, apart from the code that wrote it. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A closed connection each, as the other tests of HTTP do. */
export async function look(
  url: string,
  path = '/',
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Got> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { connection: 'close', ...headers },
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

/** The cells of the row that a data attribute names, as plain text. */
export function cells(text: string, attribute: string, value: string): readonly string[] {
  const row = new RegExp(`<tr data-${attribute}="${RegExp.escape(value)}"[^>]*>([\\s\\S]*?)</tr>`).exec(text)?.[1];
  if (row === undefined) throw new Error(`no row of ${attribute} ${value}`);
  return [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) => textIn(cell!));
}

/** Without tags and escapes, on one line. */
export function textIn(piece: string): string {
  return piece
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(lt|gt|quot|amp|#39);/g,
      (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name]!,
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** The three answers at the top, by question, without the links that explain them. */
export function verdictsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/<li class="(\w+)" data-verdict="(\w+)">([\s\S]*?)<\/li>/g)].map(([, mood, question, said]) => [
      question!,
      `${mood!}: ${textIn(said!.replace(/<small>[^]*?<\/small>/g, '')).replace(/^\S+ /, '')}`,
    ]),
  );
}

/** Where links of an answer at the top, or of any piece of a page, lead. */
export function linksIn(piece: string): readonly string[] {
  return [...piece.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href!);
}

/** The chart of a filter on the overview, window by window: `5`, `5+` incomplete, `-` not counted. */
export function countsIn(text: string, filter: string): readonly string[] {
  const row = new RegExp(`<tr data-filter="${filter}"[\\s\\S]*?</tr>`).exec(text)?.[0] ?? '';
  return (/data-counts="([^"]*)"/.exec(row)?.[1] ?? '').split(' ');
}

/** The filters that have a row, in the order of the rows. */
export function filtersIn(text: string): readonly string[] {
  return [...text.matchAll(/<tr data-filter="([^"]*)"/g)].map(([, name]) => name!);
}

/** Headings between rows, as plain text. */
export function headingsIn(text: string): readonly string[] {
  return [...text.matchAll(/<tr [^>]*class="team[^>]*>\s*<th[^>]*>([\s\S]*?)<\/th>/g)].map(([, heading]) =>
    textIn(heading!),
  );
}

/** The address of the first link with these words. */
export function linkOf(text: string, words: string): string {
  const links = [...text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)];
  const found = links.find(([, , content]) => textIn(content!) === words);
  if (found === undefined) throw new Error(`no link ${words}`);
  return found[1]!.replaceAll('&amp;', '&');
}
