import type { Response } from 'express';
import { chartOf } from '../../core/chart/said.ts';
import type { Message } from '../../core/model/alerting/message.ts';
import type { Outbox } from '../../core/ports/alerting/outbox.ts';
import { askedIn, isAllowed, type PictureAsked } from '../../platform/pictures/address.ts';
import type { Pictures } from '../../platform/pictures/pictures.ts';
import type { AppOptions } from '../api/routes.ts';
import { notAllowed, problem, reply } from '../http/responses.ts';

export interface PictureOptions {
  readonly outbox: Pick<Outbox, 'listed'>;
  readonly pictures: Pictures;
  readonly log: { warn(fields: object, text: string): void };
  now(): number;
}

/** Requests that are looked up at once; more are told to come back. */
const MOST_AT_ONCE = 4;

/**
 * Pictures of messages, for vendors that show them: whoever has the address from us may have them, and nobody else
 * learns whether there is one. What draws is not loaded before somebody may. Of requests below `PICTURES`.
 */
export function pictureHandler(options: PictureOptions): NonNullable<AppOptions['pictures']> {
  let busy = 0;
  return async (request, response, failures) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed(response, 'GET, HEAD');
    const asked = askedIn(request.path);
    if (asked === null) return problem(response, 404, NOT_HERE);
    if (busy >= MOST_AT_ONCE) return later(response);
    busy++;
    try {
      const message = await allowed(asked, options);
      if (message !== null) return await answer(response, message, options);
      failures.note(request);
      problem(response, 404, NOT_HERE);
    } finally {
      busy--;
    }
  };
}

/** Null: there is none that who asks may have. */
async function allowed(asked: PictureAsked, { outbox, now }: PictureOptions): Promise<Message | null> {
  const [kept] = await outbox.listed({ id: asked.id, limit: 1 });
  return kept !== undefined && isAllowed(asked, kept.message, now()) ? kept.message : null;
}

async function answer(response: Response, message: Message, { pictures, log }: PictureOptions): Promise<void> {
  const chart = chartOf(message);
  if (chart === null) return problem(response, 404, NOT_HERE);
  try {
    const { pictureOf } = await import('../../core/chart/picture/picture.ts');
    const png = await pictures.draw(pictureOf(chart));
    reply(response.set(HEADERS), 200, 'image/png', png);
  } catch (error) {
    log.warn({ message: message.id, error: error instanceof Error ? error.message : String(error) }, 'chart not drawn');
    later(response);
  }
}

function later(response: Response): void {
  problem(response.set('Retry-After', '5'), 503, 'the picture cannot be drawn now; ask again in 5 s');
}

const NOT_HERE = 'no picture has this address, or it is too old';

/** The same for ever; a chat's servers and its programs may keep and show it. */
const HEADERS = {
  'Cache-Control': 'public, max-age=1296000, immutable',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
