/**
 * The list cut into pieces of `size` (a whole number, at least 1), the last one perhaps shorter; none for an empty
 * list.
 */
export function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
