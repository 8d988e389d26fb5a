/** Pieces of a mail in HTML. Styles stand at each element: many programs for mail drop sheets. */

export const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
export const SMALL = 'font-size:13px;line-height:20px';
export const SOFT = '#5b6470';
export const WRAP = 'overflow-wrap:anywhere;word-break:break-word';
const TEXT = 'font-size:15px;line-height:22px';

export function row(content: string, padding = '10px 20px'): string {
  return `<tr><td style="padding:${padding}">${content}</td></tr>`;
}

export function paragraph(text: string): string {
  return `<p style="margin:0;${TEXT};${WRAP}">${escaped(text)}</p>`;
}

/** `content`: HTML. */
export function small(content: string): string {
  return `<p style="margin:6px 0 0;${SMALL}">${content}</p>`;
}

/** `content`: HTML. */
export function soft(content: string): string {
  return `<p class="soft" style="margin:4px 0 0;${SMALL};color:${SOFT};${WRAP}">${content}</p>`;
}

export function heading(text: string): string {
  return `<h2 style="margin:6px 0 0;font-size:15px;line-height:22px;font-weight:600">${escaped(text)}</h2>`;
}

export function link(label: string, url: string): string {
  return `<a href="${escaped(url)}" style="color:#0b57d0">${escaped(label)}</a>`;
}

/** A link where the address is one, else the text alone. */
export function linkTo(label: string, url: string | null): string {
  return url !== null && /^https?:\/\/[\x21-\x7e]+$/i.test(url) ? link(label, url) : escaped(label);
}

/** Lines of letters of one width. */
export function fixed(lines: readonly string[]): string {
  const style = 'margin:0;padding:8px;border-radius:4px;background:#f2f3f5;font:13px/18px Menlo,Consolas,monospace';
  return `<pre class="code" style="${style};white-space:pre-wrap">${lines.map(escaped).join('\n')}</pre>`;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!);
}
