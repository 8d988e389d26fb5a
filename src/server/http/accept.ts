/** A kind that a client takes (RFC 9110 §12.5), with its parameters; names in lower case. */
export interface Accepted {
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  /** 0 to 1; 0: not at all. */
  readonly weight: number;
}

/** What an `Accept` or `Accept-Encoding` header lists. A part that says nothing we know is taken as it stands. */
export function acceptedBy(header: string | undefined): readonly Accepted[] {
  return (header ?? '')
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .filter(([name]) => name !== '')
    .map(([name = '', ...pieces]) => {
      const params = new Map(pieces.map(paramIn));
      const weight = Number(params.get('q') ?? '1');
      return { name: name.toLowerCase(), params, weight: weight >= 0 && weight <= 1 ? weight : 0 };
    });
}

function paramIn(piece: string): [string, string] {
  const [name = '', value = ''] = piece.split('=', 2);
  return [
    name.trim().toLowerCase(),
    value
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  ];
}

/** How much this client wants it; `names`: the thing's own name first, then those that stand for it too. */
export function weightOf(accepted: readonly Accepted[], ...names: readonly string[]): number {
  for (const name of names) {
    const own = accepted.filter((it) => it.name === name);
    if (own.length > 0) return Math.max(...own.map(({ weight }) => weight));
  }
  return 0;
}
