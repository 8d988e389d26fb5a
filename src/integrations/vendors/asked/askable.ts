import type { Format } from '../../../config/formats.ts';
import { guardOf } from '../../../platform/http/addresses.ts';
import { checkLiteral } from '../../../platform/http/guarded-lookup.ts';

/** The same, but for what no connection would be made to, as far as the address itself says it. */
export function askable(read: Format<string>): Format<string> {
  const guarded = (text: string, show: (part: string) => string): string => {
    const url = read(text, show);
    checkAskable(url);
    return url;
  };
  return Object.assign(guarded, { words: read.words, editors: read.editors });
}

/** Throws for an address to which no connection would be made. NOTE: of a name only its lookup tells. */
export function checkAskable(url: string): void {
  checkLiteral(url, guardOf());
}
