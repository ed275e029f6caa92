/** P values in ascending order, and where each of them stood. */
export interface Ascending {
  /** The values, ascending. */
  readonly sorted: Float64Array
  /** `order[k]` is the position that `sorted[k]` had. */
  readonly order: Uint32Array
}

/** Up to this length insertion beats anything cleverer. */
const shortRun = 64

/** Digits of the keys by which values are distributed. */
const digitBits = 11
const digitValues = 1 << digitBits

/**
 * Sorts P values, which a comparison sort would spend most of the time of an adjustment on.
 *
 * A radix sort on 22 or 31 bits of each value, then each run that agrees in them is put right. Values spread over [0, 1], as P
 * values mostly are, take ⌊2²² p⌋ as their key; where many are tiny, the high half of the bits of the double, which order as the
 * numbers do.
 *
 * @param values - numbers from 0 to 1
 */
export function ascendingOrder(values: Float64Array): Ascending {
  const length = values.length
  if (length < 512) {
    const order = Uint32Array.from(values, (_, k) => k).sort((i, j) => (values[i] as number) - (values[j] as number))
    return { order, sorted: Float64Array.from(order, (k) => values[k] as number) }
  }
  let tiny = 0
  for (let k = 0; k < length; k++) if ((values[k] as number) < 1e-4) tiny++
  return tiny * 16 > length ? byBits(values) : byFixedPoint(values)
}

// Memory that is touched for the first time costs more than the sorting does, so keys are computed anew each time instead of kept, and
// the values are copied once only.

const room = (length: number): Ascending => ({ sorted: new Float64Array(length), order: new Uint32Array(length) })

const fixedPointKey = (value: number): number => Math.min(value * 4194304, 4194303) >>> 0

function byFixedPoint(values: Float64Array): Ascending {
  const length = values.length
  const result = room(length)
  const { sorted, order } = result
  // The high digit first, after which the low one moves values within pieces that the cache holds.
  const starts = new Uint32Array(digitValues)
  for (let k = 0; k < length; k++) count(starts, fixedPointKey(values[k] as number) >>> digitBits)
  const longest = starts.reduce((most, size) => Math.max(most, size), 0)
  counted(starts, 0)
  for (let k = 0; k < length; k++) {
    const value = values[k] as number
    const place = take(starts, fixedPointKey(value) >>> digitBits)
    sorted[place] = value
    order[place] = k
  }
  // Where each piece starts is now where it ends.
  const piece = room(longest)
  const within = new Uint32Array(digitValues)
  for (let digit = 0, from = 0; digit < digitValues; digit++) {
    const to = starts[digit] as number
    if (to - from > shortRun) sortPiece(result, from, to, piece, within)
    else insert(result, from, to)
    from = to
  }
  settleRuns(result, (k) => fixedPointKey(sorted[k] as number))
  return result
}

/** Sorts the values between two positions by the low digit of their keys. */
function sortPiece(result: Ascending, from: number, to: number, piece: Ascending, starts: Uint32Array): void {
  const { sorted, order } = result
  starts.fill(0)
  for (let k = from; k < to; k++) {
    const value = sorted[k] as number
    piece.sorted[k - from] = value
    piece.order[k - from] = order[k] as number
    count(starts, fixedPointKey(value) & (digitValues - 1))
  }
  counted(starts, from)
  for (let k = 0; k < to - from; k++) {
    const value = piece.sorted[k] as number
    const place = take(starts, fixedPointKey(value) & (digitValues - 1))
    sorted[place] = value
    order[place] = piece.order[k] as number
  }
}

function byBits(values: Float64Array): Ascending {
  const length = values.length
  const high = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0
  // The mask takes the sign off −0, whose bits would sort last.
  const keyIn = (words: Uint32Array, k: number): number => (words[2 * k + high] as number) & 0x7fffffff
  const wordsOf = ({ buffer, byteOffset }: Float64Array): Uint32Array => new Uint32Array(buffer, byteOffset, 2 * length)
  let result = room(length)
  result.sorted.set(values)
  for (let k = 0; k < length; k++) result.order[k] = k
  let other = room(length)
  const starts = new Uint32Array(digitValues)
  for (let shift = 0; shift < 31; shift += digitBits) {
    const words = wordsOf(result.sorted)
    starts.fill(0)
    for (let k = 0; k < length; k++) count(starts, (keyIn(words, k) >>> shift) & (digitValues - 1))
    counted(starts, 0)
    for (let k = 0; k < length; k++) {
      const place = take(starts, (keyIn(words, k) >>> shift) & (digitValues - 1))
      other.sorted[place] = result.sorted[k] as number
      other.order[place] = result.order[k] as number
    }
    ;[result, other] = [other, result]
  }
  const words = wordsOf(result.sorted)
  settleRuns(result, (k) => keyIn(words, k))
  return result
}

function count(counts: Uint32Array, digit: number): void {
  counts[digit] = (counts[digit] as number) + 1
}

/** Turns counts into the places where each digit starts, the first at `start`. */
function counted(counts: Uint32Array, start: number): void {
  for (let digit = 0; digit < digitValues; digit++) {
    const size = counts[digit] as number
    counts[digit] = start
    start += size
  }
}

/** The next free place of a digit. */
function take(starts: Uint32Array, digit: number): number {
  const place = starts[digit] as number
  starts[digit] = place + 1
  return place
}

/** Sorts runs of values that agree in their keys. */
function settleRuns(result: Ascending, keyAt: (k: number) => number): void {
  const { length } = result.sorted
  for (let from = 0; from < length;) {
    const key = keyAt(from)
    let to = from + 1
    while (to < length && keyAt(to) === key) to++
    if (to - from > 1) settleRun(result, from, to)
    from = to
  }
}

/** Sorts what lies from `from` to `to` − 1 by insertion. */
function insert({ sorted, order }: Ascending, from: number, to: number): void {
  for (let k = from + 1; k < to; k++) {
    const value = sorted[k] as number
    const position = order[k] as number
    let place = k
    // What lies before `from` is smaller.
    for (; (sorted[place - 1] as number) > value; place--) {
      sorted[place] = sorted[place - 1] as number
      order[place] = order[place - 1] as number
    }
    sorted[place] = value
    order[place] = position
  }
}

/** Sorts values that agree in their key; a run of equal values, common with discrete P values, costs one look. */
function settleRun(result: Ascending, from: number, to: number): void {
  if (to - from <= shortRun) return insert(result, from, to)
  const { sorted, order } = result
  for (let k = from + 1; k < to; k++) {
    if ((sorted[k - 1] as number) > (sorted[k] as number)) {
      const run = sorted.slice(from, to)
      const positions = order.slice(from, to)
      const inner = Uint32Array.from(run, (_, i) => i).sort((i, j) => (run[i] as number) - (run[j] as number))
      for (let i = 0; i < run.length; i++) {
        sorted[from + i] = run[inner[i] as number] as number
        order[from + i] = positions[inner[i] as number] as number
      }
      return
    }
  }
}
