/** The one of `names` that was probably meant: one mistake in three characters at most. */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, mistakes: distance(text.toLowerCase(), name.toLowerCase()) }))
    .filter(({ mistakes }) => mistakes <= text.length / 3)
    .sort((a, b) => a.mistakes - b.mistakes);
  return near[0]?.name;
}

/** How many characters must be put in, left out or replaced, row by row over the beginnings of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[b.length]!;
}
