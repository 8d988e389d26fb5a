/** A picture as its reader has it. */
export type Picture = {
  /** `data:` with all of it, or where it is fetched from. */
  readonly src: string;
  /** What stands for it where it is not seen. */
  readonly alt: string;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function dataUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** Pixels; undefined: it is no PNG. */
export function sizeOfPng(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(SIGNATURE)) return undefined;
  if (bytes.subarray(12, 16).toString('latin1') !== 'IHDR' || !bytes.includes('IEND')) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** An address that a vendor would fetch a picture from. */
export function isFetched(url: unknown, most: number): url is string {
  return typeof url === 'string' && url.length <= most && /^https?:\/\//.test(url) && URL.canParse(url);
}
