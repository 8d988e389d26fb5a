/** A message as it is read: without marks, what was escaped as itself, links with their address behind them. */
export function plainText(markdown: string): string {
  const escaped: string[] = [];
  const kept = markdown.replace(/\\([^0-9A-Za-z\s])/g, (_, sign: string) => {
    escaped.push(sign);
    return `\u0000${String(escaped.length - 1)}\u0000`;
  });
  return kept
    .replace(/^-# /gm, '')
    .replace(/\*\*(.*?)\*\*/g, '$1')
    .replace(/\[([^\]]*)\]\(<([^>]*)>\)/g, '$1: $2')
    .replace(/\u0000(\d+)\u0000/g, (_, index: string) => escaped[Number(index)] ?? '');
}
