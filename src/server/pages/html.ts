/** Text that may stand in a page as it is. Made by `html` and by code that writes only numbers and words of its own. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlPart = string | number | Html | null | undefined | readonly HtmlPart[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A piece of a page. Whatever is put in is escaped, unless it is a piece of a page itself; nothing and null leave no
 * trace. Attributes need their quotes. The template's own indentation is left out; its line breaks stay.
 */
export function html(pieces: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let text = unindented(pieces[0]!);
  for (const [index, part] of parts.entries()) text += textOf(part) + unindented(pieces[index + 1]!);
  return new Html(text);
}

function unindented(piece: string): string {
  return piece.includes('\n') ? piece.replace(/\n +/g, '\n') : piece;
}

function textOf(part: HtmlPart): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(textOf).join('');
  return escape(plain(String(part)));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

/** On one line, without what nobody sees: controls, zero widths, and marks that turn the direction of what follows. */
export function plain(text: string): string {
  // Most texts of a page are numbers and names.
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}+/gu, '');
}

/** A link to another site when the address is one, else its content alone: an address may come from anywhere. */
export function link(address: string | null | undefined, content: HtmlPart): Html {
  const url = webAddress(address);
  return url === null ? html`${content}` : html`<a href="${url}" rel="noreferrer noopener">${content}</a>`;
}

/** Null: no http or https address. */
export function webAddress(address: string | null | undefined): string | null {
  if (address === null || address === undefined || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
