/**
 * The smallest whole number in lower … upper at which a rising condition holds; `upper` if it holds nowhere below.
 *
 * @param lower - smallest candidate
 * @param upper - largest candidate, possibly Infinity
 * @param start - where the answer is thought to be
 * @param holds - false below the answer, true from it on
 */
export function firstWhere(lower: number, upper: number, start: number, holds: (k: number) => boolean): number {
  let high = Math.min(upper, Math.max(lower, Math.round(start)))
  // Steps double until the condition changes, then the gap is halved.
  let low = high
  if (high === upper || holds(high)) {
    for (let step = 1; ; step *= 2) {
      low = high - step
      if (low < lower) {
        low = lower - 1
        break
      }
      if (!holds(low)) break
      high = low
    }
  } else {
    for (let step = 1; ; step *= 2) {
      high = low + step
      if (high >= upper) {
        high = upper
        break
      }
      if (holds(high)) break
      low = high
    }
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** Tolerance within which a cumulative probability counts as equal to the one asked for, as R's 64 units in the last place. */
export const quantileFuzz = 1.4e-14
