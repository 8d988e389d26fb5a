/** What the clock of a zone shows at an instant, as if that were UTC, epoch ms; of whole seconds. */
export type Wall = (at: number) => number;

type Six = [number, number, number, number, number, number];

const walls = new Map<string, Wall>();

/** `zone`: IANA name. */
export function wallOf(zone: string): Wall {
  const known = walls.get(zone) ?? makeWall(zone);
  walls.set(zone, known);
  return known;
}

function makeWall(zone: string): Wall {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', second: 'numeric', ...parts });
  return (at) => {
    const [month, day, year, hour, minute, second] = clock.format(at).split(/\D+/).map(Number) as Six;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}
