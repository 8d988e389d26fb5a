import { PICTURE } from '../../../../core/chart/picture/picture.ts';
import type { ChartSaid } from '../../../../core/chart/said.ts';
import { chartInWords, textBars } from '../../../../core/chart/words.ts';
import { momentIn } from '../../../../core/chart/zone-time.ts';
import type { Digest } from '../../../../core/model/alerting/digest.ts';
import { escaped, fixed, row, soft } from '../markup.ts';
import { gapsPart } from './gaps.ts';
import { issueParts } from './issues.ts';
import { filterTable } from './table.ts';
import { toldPart } from './told.ts';

/** UTF-16 units of what stands for a picture. */
const MOST_ALT = 1500;
/** Pixels: its room in the sheet. */
const WIDE = 600;

/** The rows of a digest's mail. `picture`: what the mail calls it; null: it has none, and letters stand for it. */
export function digestContent(digest: Digest, chart: ChartSaid | null, picture: string | null): readonly string[] {
  return [
    row(soft(escaped(spanOf(digest))), '0 20px 4px'),
    ...(chart === null ? [] : [row(picture === null ? fixed(textBars(chart)) : image(chart, picture))]),
    row(filterTable(digest)),
    ...[...gapsPart(digest), ...issueParts(digest), ...toldPart(digest)].map((part) => row(part)),
  ];
}

function spanOf({ slot, zone, late }: Digest): string {
  const [from, to] = [slot.start, slot.end].map((iso) => momentIn(Date.parse(iso), zone));
  return `${from} to ${to}, ${zone}${late ? '; late: nothing could be sent at its time' : ''}`;
}

/** NOTE: a ground of its own, and an edge: dark mail shows pictures as they are. */
function image(chart: ChartSaid, id: string): string {
  const high = Math.round((WIDE / PICTURE.width) * PICTURE.height);
  const alt = escaped(chartInWords(chart, MOST_ALT));
  const size = `display:block;width:100%;max-width:${WIDE}px;height:auto;border:0;border-radius:4px`;
  const words = 'background:#ffffff;color:#1c1f23;font-size:13px';
  return `<img src="cid:${id}" width="${WIDE}" height="${high}" alt="${alt}" style="${size};${words}">`;
}
