/** What of a text with markup Slack would read as something else than text: a mention, a link, half an escape. */
export function markupFault(text: string): string | undefined {
  const bare = /[<>]/.exec(text);
  if (bare !== null) return `an unescaped ${bare[0]}: ${around(text, bare.index)}`;
  const half = /&(?!(?:amp|lt|gt);)/.exec(text);
  return half === null ? undefined : `an unescaped &: ${around(text, half.index)}`;
}

/** As people read it. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 20));
}
