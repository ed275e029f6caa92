/** A hint where a name differs from one that exists in capitals, hyphens or a letter or two; nothing where none is close. */
export function didYouMean(name: string, names: readonly string[]): string {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_ ]/g, '')
  const [best] = names
    .map((other) => ({ other, distance: editDistance(plain(name), plain(other)) }))
    // A name of three letters is two letters away from most others.
    .filter(({ other, distance }) => distance <= Math.min(2, Math.floor(other.length / 2)) && distance < name.length)
    .sort((a, b) => a.distance - b.distance)
  return best ? `; did you mean "${best.other}"?` : ''
}

/** The fewest letters to put in, take out, change or swap with their neighbour (the distance of Damerau, each letter moved once). */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1, isSwap ? (before[j - 2] as number) + 1 : Infinity))
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
