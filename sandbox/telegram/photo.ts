import { isRecord, parseJson, type VendorRequest } from '../http/message.ts';
import { sizeOfPng } from '../world/picture.ts';

/** A form with a picture, as `sendPhoto` takes it. */
export type PhotoForm = { readonly fields: Readonly<Record<string, unknown>>; readonly png: Buffer };

const MOST = { bytes: 10 * 1024 * 1024, sides: 10_000, ratio: 20, caption: 1024 };

/** Undefined: it is no such form. Numbers and objects come as text in it. */
export function photoFormIn({ headers, raw }: VendorRequest): PhotoForm | undefined {
  const boundary = /^multipart\/form-data; boundary=([\w-]+)$/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const parts = raw.toString('latin1').split(`--${boundary}`);
  if (parts[0] !== '' || parts.at(-1) !== '--\r\n') return undefined;
  const found = parts.slice(1, -1).map(partIn);
  const photo = found.find((part) => part?.name === 'photo');
  if (found.includes(undefined) || photo?.isFile !== true) return undefined;
  const texts = found.filter((part) => part !== photo).map((part) => [part!.name, valueOf(part!)] as const);
  return { fields: Object.fromEntries(texts), png: photo.bytes };
}

type Part = { readonly name: string; readonly isFile: boolean; readonly bytes: Buffer };

function partIn(text: string): Part | undefined {
  const [, head = '', content] = /^\r\n([^]*?)\r\n\r\n([^]*)\r\n$/.exec(text) ?? [];
  const name = /^Content-Disposition: form-data; name="(\w+)"(; filename="[\w.]+"\r\nContent-Type: image\/png)?$/.exec(
    head,
  );
  if (name === null || content === undefined) return undefined;
  return { name: name[1]!, isFile: name[2] !== undefined, bytes: Buffer.from(content, 'latin1') };
}

const NUMBERS = ['chat_id', 'message_thread_id', 'reply_parameters'];

function valueOf({ name, bytes }: Part): unknown {
  const text = bytes.toString('utf8');
  const value = NUMBERS.includes(name) ? parseJson(text)?.value : undefined;
  return typeof value === 'number' || isRecord(value) ? value : text;
}

/** What is wrong with a picture, in the Bot API's words; undefined: nothing. */
export function photoFault({ fields, png }: PhotoForm): string | undefined {
  const size = sizeOfPng(png);
  if (png.length > MOST.bytes) return 'Bad Request: file is too big';
  if (size === undefined) return 'Bad Request: IMAGE_PROCESS_FAILED';
  const [short, long] = [size.width, size.height].toSorted((a, b) => a - b) as [number, number];
  if (short + long > MOST.sides || long > MOST.ratio * short) return 'Bad Request: PHOTO_INVALID_DIMENSIONS';
  const { caption = '' } = fields;
  if (typeof caption !== 'string' || caption.length > MOST.caption) return 'Bad Request: message caption is too long';
  return undefined;
}
