import { textBars } from '../../../core/chart/words.ts';
import type { Worded, WordedAlert } from '../../../core/alerts/words/worded.ts';
import { escaped, fixed, FONT, link, paragraph, row, small, SMALL, SOFT, WRAP } from './markup.ts';
import { notesOf } from './plain.ts';

/**
 * A mail as programs for mail show it, in light and dark: tables, styles at each element, and nothing that is loaded
 * from elsewhere. `content`: rows between head and foot.
 */
export function htmlOf(words: Worded, content: readonly string[] = contentOf(words)): string {
  const { head, foot } = words;
  const rows = [
    row(`<h1 style="margin:0;font-size:18px;line-height:26px;font-weight:600">${escaped(head)}</h1>`),
    ...content,
    row(`<p class="soft" style="margin:0;${SMALL};color:${SOFT}">${escaped(foot)}</p>`),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(head)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f3f5;color:#1c1f23">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f3f5">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" style="${SHEET}">
${rows.join('\n')}
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function contentOf(words: Worded): readonly string[] {
  const { alerts, more, chart } = words;
  return [
    ...notesOf(words).map((note) => row(paragraph(note))),
    ...(chart === null ? [] : [row(fixed(textBars(chart)))]),
    ...alerts.map((alert) => row(alertHtml(alert))),
    ...(more === null ? [] : [row(moreHtml(more))]),
  ];
}

const SHEET = `max-width:640px;background:#ffffff;border-radius:6px;${FONT}`;

const DARK = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #14171a !important; color: #e6e9ec !important; }
.sheet { background: #1f2429 !important; color: #e6e9ec !important; }
.soft { color: #a5afb9 !important; }
.line { border-color: #3a424b !important; }
.code { background: #14171a !important; color: #e6e9ec !important; }
a { color: #7db4ff !important; }
}`;

/** How bad it is, in words and beside it: a colour alone tells too little. */
const COLOURS = { critical: '#c62828', warning: '#b26a00', info: '#1f6fc4' } as const;
const OVER = '#2e7d32';

function alertHtml(alert: WordedAlert): string {
  const { title, calls, why, hits, when, rule, ends, mute, severity, state } = alert;
  const colour = state === 'resolved' ? OVER : COLOURS[severity];
  const links = alert.links.map(({ label, url }) => link(label, url)).join(' &middot; ');
  const events = hits.map(({ text, url }) => (url === null ? escaped(text) : link(text, url))).join('<br>');
  const facts = [[when, severity, rule].join('; '), ends ?? []].flat().map(escaped).join('<br>');
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td width="4" style="background:${colour};border-radius:2px;font-size:0">&nbsp;</td>
<td style="padding:0 0 0 12px;${WRAP}">
<p style="margin:0;font-size:15px;line-height:22px;font-weight:600">${escaped(title)}</p>
${calls.length === 0 ? '' : fixed(calls)}<p style="margin:2px 0 0;font-size:15px;line-height:22px">${escaped(why)}</p>
<p class="soft" style="margin:6px 0 0;${SMALL};color:${SOFT}">${facts}</p>
${[events, links]
  .filter((it) => it !== '')
  .concat(code(mute))
  .map(small)
  .join('\n')}
</td>
</tr></table>`;
}

function code(text: string): string {
  const style = 'padding:2px 4px;border-radius:3px;background:#f2f3f5;font:12px/18px Menlo,Consolas,monospace';
  return `<span class="code" style="${style}">${escaped(text)}</span>`;
}

function moreHtml({ text, url }: NonNullable<Worded['more']>): string {
  return url === null ? paragraph(text) : `<p style="margin:0;font-size:15px;line-height:22px">${link(text, url)}</p>`;
}
