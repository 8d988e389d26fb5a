import type { Log } from '../../../core/ports/scope.ts';
import type { Pictures } from '../../../platform/pictures/pictures.ts';
import { type MailBody, PICTURE_ID } from './fit.ts';
import type { Letter } from './letter.ts';

interface Means {
  readonly draw: Pictures['draw'];
  /** Of the channel. */
  readonly name: string;
  readonly log: Log;
}

/** The mail with its picture in it; one that cannot be drawn keeps no mail back. */
export async function withPicture(letter: Letter, { picture }: MailBody, means: Means): Promise<Letter> {
  if (picture === undefined) return letter;
  const { draw, name, log } = means;
  try {
    const content = Buffer.from(await draw(picture.drawing));
    return { ...letter, html: picture.html, attachments: [{ ...CHART, content }] };
  } catch (error) {
    log.warn({ channel: name, error: error instanceof Error ? error.message : String(error) }, 'chart not drawn');
    return letter;
  }
}

const CHART = {
  filename: 'chart.png',
  contentType: 'image/png',
  contentDisposition: 'inline',
  cid: PICTURE_ID,
} as const;
