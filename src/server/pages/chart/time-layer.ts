import { html, Html } from '../html.ts';
import { timeTicks } from './axes.ts';
import { gapsOf, rounded } from './bars.ts';
import { flagsOf, type Numbered } from './marks.ts';
import { FONT, INK, PLACE, type Plot } from './plot.ts';
import { spanOf } from './series.ts';

/** Behind the bars: what was not counted, and outages. In parts of the width, so that nothing of it is distorted. */
export function backLayer(plot: Plot): Html {
  const { windows, numbers } = plot;
  const gaps = gapsOf(windows).map(([first, end]) => {
    const [x, width] = [percent(first, windows.length), percent(end - first, windows.length)];
    return band('gaps', `fill="${INK.gap}"`, { x, width });
  });
  const at = placeIn(plot);
  const outages = numbers
    .filter(({ kind }) => kind === 'outage')
    .map(({ place: { start, end } }) =>
      band('outage', `fill="${INK.outage}" fill-opacity=".45"`, { x: at(start), width: at(end) - at(start) }),
    );
  return html`${outages}${gaps}`;
}

function band(name: string, look: string, { x, width }: { readonly x: number; readonly width: number }): Html {
  const wide = Math.max(0.2, rounded(width, 3));
  const place = `x="${x}%" y="${PLACE.top}" width="${wide}%" height="${PLACE.height}"`;
  return new Html(`<rect class="${name}" ${look} ${place}/>`);
}

/** Part of the width, percent. */
function percent(part: number, whole: number): number {
  return rounded((part / whole) * 100, 3);
}

/** Where an instant lies, percent of the width. */
function placeIn(plot: Plot): (at: number) => number {
  const { start, end } = spanOf(plot);
  return (at) => percent(at - start, end - start);
}

/** Part of the span that a number takes where there is little room. */
const FLAG = 0.06;

/** Over the bars: where deploys began, and the numbers of all marks. */
export function frontLayer(plot: Plot): Html {
  const { numbers } = plot;
  const at = placeIn(plot);
  const { start, end } = spanOf(plot);
  const begun = numbers.filter(({ kind, start: began }) => kind === 'deploy' && began >= start);
  const lines = begun.map((mark) => deployLine(mark, at));
  const flags = flagsOf(numbers, (end - start) * FLAG).map(
    (flag) =>
      new Html(`<text class="flag" x="${at(flag.at)}%" y="${PLACE.top - 6}" text-anchor="middle">${flag.text}</text>`),
  );
  const look = new Html(`fill="${INK.text}" ${FONT}`);
  return html`${lines}${flags.length === 0 ? null : html`<g class="flags" ${look}>${flags}</g>`}`;
}

function deployLine({ start }: Numbered, at: (time: number) => number): Html {
  const x = `x1="${at(start)}%" x2="${at(start)}%" y1="${PLACE.top - 2}" y2="${PLACE.axis}"`;
  return new Html(`<line class="deploy" stroke="${INK.text}" stroke-dasharray="3 3" ${x}/>`);
}

/** Times at the bottom, and the zone that they are of. */
export function timeAxis(plot: Plot): Html {
  const at = placeIn(plot);
  const ticks = timeTicks(spanOf(plot)).map(({ at: when, text, isDay, isMain }) => {
    const [x, name] = [at(when), `${isMain ? 'tick' : 'tick more'}${isDay ? ' day' : ''}`];
    const line = `<line stroke="${INK.axis}" x1="${x}%" x2="${x}%" y1="${PLACE.axis}" y2="${PLACE.axis + 5}"/>`;
    const look = `text-anchor="middle"${isDay ? ' font-weight="600"' : ''}`;
    return new Html(`<g class="${name}">${line}<text x="${x}%" y="${PLACE.text}" ${look}>${text}</text></g>`);
  });
  const look = new Html(`class="times" fill="${INK.text}" ${FONT}`);
  return html`<g ${look}>${ticks}<text x="-8" y="${PLACE.text}" text-anchor="end">UTC</text></g>`;
}
