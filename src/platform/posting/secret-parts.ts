/** What of an address that is a secret may be quoted alone: its path, and what in it is long enough to be a key. */
export function secretPartsOf(url: string): readonly string[] {
  const { href, pathname, search, searchParams } = new URL(url);
  const parts = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= 16);
  return [href, pathname + search, pathname, ...parts].filter((part) => part.length >= 8);
}
