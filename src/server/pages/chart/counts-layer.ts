import { html, Html, type HtmlPart, webAddress } from '../html.ts';
import { barsPaths, KINDS, type Kind } from './bars.ts';
import { bandPath, stepPath } from './lines.ts';
import { INK, PLACE, type Plot } from './plot.ts';
import { stretchOf } from './series.ts';
import { askedOf, wordsOf } from './words.ts';

const HOLLOW = 'stroke-width="1.2" stroke-dasharray="2 1.2" vector-effect="non-scaling-stroke" fill="none"';
const DRAWN: Readonly<Record<Kind, string>> = {
  bars: `fill="${INK.bar}"`,
  told: `fill="${INK.told}"`,
  open: `stroke="${INK.bar}" ${HOLLOW}`,
  'told open': `stroke="${INK.told}" ${HOLLOW}`,
};
const LINE = 'fill="none" stroke-width="1" vector-effect="non-scaling-stroke"';

/** What is usual, bars, and the period before: stretched to whatever room there is. */
export function countsLayer(plot: Plot): Html {
  const { windows, before, usual, scale, grid } = plot;
  const wide = windows.length * grid.step;
  const drawn = barsPaths(windows, scale.top, grid);
  const bars = KINDS.map((kind) => path(kind, DRAWN[kind], drawn[kind]));
  const band = `fill="${INK.band}" fill-opacity=".3" stroke="${INK.band}" stroke-opacity=".55" stroke-width="1"`;
  return html`<svg class="counts" y="${PLACE.top}" width="100%" height="${grid.height}"
    viewBox="0 0 ${wide} ${grid.height}" preserveAspectRatio="none" overflow="visible">
    ${path('usual', `${band} vector-effect="non-scaling-stroke"`, bandPath(usual, scale))}
    ${bars}
    ${path('before', `${LINE} stroke="${INK.trace}"`, stepPath(before, scale))}
    <g class="slots" fill="none" pointer-events="all">${windows.map(slotOf(plot))}</g></svg>`;
}

function path(name: string, look: string, drawn: string): Html | null {
  return drawn === '' ? null : new Html(`<path class="${name}" ${look} d="${drawn}"/>`);
}

/** The room of each slot, with its words, as a link to the same search. Keys reach it by way of the whole chart. */
function slotOf(plot: Plot): (slot: unknown, index: number) => HtmlPart {
  const { usual, grid, searchUrl } = plot;
  return (_slot, index) => {
    const url = webAddress(searchUrl(stretchOf(plot, index)));
    const words = wordsOf(askedOf(plot, usual, index));
    const title = html`<title>${words.map((line, n) => html`${n === 0 ? null : BREAK}${line}`)}</title>`;
    const room = html`${title}<path d="M${index * grid.step} 0h${grid.step}v${grid.height}h-${grid.step}z"/>`;
    return url === null ? html`<g>${room}</g>` : html`<a href="${url}" rel="noreferrer" tabindex="-1">${room}</a>`;
  };
}

/** Between two lines of a title. */
const BREAK = new Html('\n');
