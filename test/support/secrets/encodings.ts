/** Computed apart from src/platform/redact.ts, which these forms judge. */

/** A secret as it may turn up in text, in the middle of which it may stand. */
export function encodingsOf(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString('hex');
  const forms = [
    secret,
    url,
    url.toLowerCase(),
    encodeURI(secret),
    encodeURIComponent(url),
    encodeURIComponent(json),
    new URLSearchParams({ a: secret }).toString().slice(2),
    json,
    JSON.stringify(json).slice(1, -1),
    JSON.stringify(url).slice(1, -1),
    json.replaceAll('/', '\\/'),
    unicodeEscaped(secret),
    html(secret),
    html(json),
    ...base64Of(secret),
    hex,
    hex.toUpperCase(),
    hex.match(/../g)!.join(' '),
  ];
  return [...new Set(forms)];
}

/** As a vendor may throw it back: also inside longer texts that were encoded as a whole. */
export function echoesOf(secret: string): string[] {
  const whole = ['', 'u', 'me', 'me:', 'user:'].flatMap((before) =>
    ['', ':', '!?'].map((after) => Buffer.from(before + secret + after)),
  );
  return [
    ...encodingsOf(secret),
    ...whole.flatMap((bytes) => [
      bytes.toString('base64'),
      encodeURIComponent(bytes.toString('base64')),
      bytes.toString('base64url'),
    ]),
  ];
}

/**
 * Plain, without padding, and URL-safe.
 * And what is the same whatever stands before and after, for each place where it may begin.
 */
function base64Of(secret: string): string[] {
  const whole = Buffer.from(secret).toString('base64');
  const inside = [0, 1, 2].map((before) =>
    common(
      ...(['\0', '\xff'].map((around) =>
        Buffer.from(around.repeat(before) + secret + around.repeat(3), 'latin1').toString('base64'),
      ) as [string, string]),
    ),
  );
  return [whole, ...inside].flatMap((text) => [
    text,
    text.replace(/=+$/, ''),
    text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    encodeURIComponent(text),
  ]);
}

/** The longest run of places where both have the same character. */
function common(a: string, b: string): string {
  const runs = [...a]
    .map((sign, at) => (sign === b[at] ? sign : '\n'))
    .join('')
    .split('\n');
  return runs.toSorted((one, two) => two.length - one.length)[0]!;
}

function unicodeEscaped(secret: string): string {
  return [...secret]
    .map((sign) => (/[a-z0-9]/i.test(sign) ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('');
}

function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
