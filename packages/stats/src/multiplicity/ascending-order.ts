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
  const order = new Uint32Array(length)
  for (let k = 0; k < length; k++) order[k] = k
  if (length < 512) {
    order.sort((i, j) => (values[i] as number) - (values[j] as number))
    return { order, sorted: Float64Array.from(order, (k) => values[k] as number) }
  }

  let tiny = 0
  for (let k = 0; k < length; k++) if ((values[k] as number) < 1e-4) tiny++
  const first = { sorted: values.slice(), order }
  const second = { sorted: new Float64Array(length), order: new Uint32Array(length) }
  const starts = new Uint32Array(digitValues)
  let result = first
  let keys: Uint32Array
  if (tiny * 16 > length) {
    for (let shift = 0; shift < 31; shift += digitBits) {
      const other = result === first ? second : first
      distribute(bitKeys(result.sorted), shift, result, other, 0, length, starts)
      result = other
    }
    keys = bitKeys(result.sorted)
  } else {
    // The high digit first, after which the low one moves values within pieces that the cache holds.
    distribute(fixedPointKeys(first.sorted), digitBits, first, second, 0, length, starts)
    const ends = starts.slice()
    keys = fixedPointKeys(second.sorted)
    for (let digit = 0, from = 0; digit < digitValues; digit++) {
      const to = ends[digit] as number
      if (to - from > shortRun) distribute(keys, 0, second, first, from, to, starts)
      else insert(second, first, from, to)
      from = to
    }
    keys = fixedPointKeys(first.sorted)
  }

  for (let from = 0; from < length;) {
    const key = keys[from]
    let to = from + 1
    while (to < length && keys[to] === key) to++
    if (to - from > 1) settleRun(result, from, to)
    from = to
  }
  return result
}

/** Moves the values between two positions into the order of one digit of their keys, and leaves in `starts` where each digit ends. */
function distribute(
  keys: Uint32Array,
  shift: number,
  source: Ascending,
  target: Ascending,
  from: number,
  to: number,
  starts: Uint32Array,
): void {
  starts.fill(0)
  for (let k = from; k < to; k++) {
    const digit = ((keys[k] as number) >>> shift) & (digitValues - 1)
    starts[digit] = (starts[digit] as number) + 1
  }
  let start = from
  for (let digit = 0; digit < digitValues; digit++) {
    const count = starts[digit] as number
    starts[digit] = start
    start += count
  }
  const { sorted, order } = source
  const { sorted: targetSorted, order: targetOrder } = target
  for (let k = from; k < to; k++) {
    const digit = ((keys[k] as number) >>> shift) & (digitValues - 1)
    const place = starts[digit] as number
    starts[digit] = place + 1
    targetSorted[place] = sorted[k] as number
    targetOrder[place] = order[k] as number
  }
}

function fixedPointKeys(values: Float64Array): Uint32Array {
  const keys = new Uint32Array(values.length)
  for (let k = 0; k < values.length; k++) keys[k] = Math.min((values[k] as number) * 4194304, 4194303)
  return keys
}

function bitKeys(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const high = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0
  const keys = new Uint32Array(values.length)
  // The mask takes the sign off −0, whose bits would sort last.
  for (let k = 0; k < values.length; k++) keys[k] = (words[2 * k + high] as number) & 0x7fffffff
  return keys
}

/** Copies what lies from `from` to `to` − 1 into ascending order; `source` may be `target`. */
function insert(source: Ascending, target: Ascending, from: number, to: number): void {
  const { sorted, order } = target
  for (let k = from; k < to; k++) {
    const value = source.sorted[k] as number
    const position = source.order[k] as number
    let place = k
    for (; place > from && (sorted[place - 1] as number) > value; place--) {
      sorted[place] = sorted[place - 1] as number
      order[place] = order[place - 1] as number
    }
    sorted[place] = value
    order[place] = position
  }
}

/** Sorts values that agree in their key; a run of equal values, common with discrete P values, costs one look. */
function settleRun(result: Ascending, from: number, to: number): void {
  if (to - from <= shortRun) return insert(result, result, from, to)
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
