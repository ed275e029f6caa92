/** Values with their masses, where values closer than 1e-10 share one entry. */
export interface ValuePool {
  /** Number of entries. */
  count: number
  /** The entries' values. */
  values: Float64Array
  /** The entries' masses. */
  masses: Float64Array
  /** Values in units of 1e-10, by entry. */
  keys: Float64Array
  /** Entry plus 1 in each slot of the hash table, or 0. */
  slots: Int32Array
  /** The slot of each entry. */
  slotOfEntry: Int32Array
}

/** Values closer than 1 / resolution share an entry; the tie rule works at 1e-7. */
const resolution = 1e10

/** An empty pool. */
export function valuePool(): ValuePool {
  return {
    count: 0,
    values: new Float64Array(512),
    masses: new Float64Array(512),
    keys: new Float64Array(512),
    slots: new Int32Array(2048),
    slotOfEntry: new Int32Array(512),
  }
}

function hash(key: number): number {
  const mixed = Math.imul((key | 0) ^ Math.imul((key * 2.3283064365386963e-10) | 0, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

function grow(pool: ValuePool): void {
  const capacity = pool.keys.length * 2
  pool.values = resized(pool.values, capacity)
  pool.masses = resized(pool.masses, capacity)
  pool.keys = resized(pool.keys, capacity)
  pool.slots = new Int32Array(capacity * 4)
  pool.slotOfEntry = new Int32Array(capacity)
  const mask = pool.slots.length - 1
  for (let entry = 0; entry < pool.count; entry++) {
    let slot = hash(pool.keys[entry] as number) & mask
    while (pool.slots[slot] !== 0) slot = (slot + 1) & mask
    pool.slots[slot] = entry + 1
    pool.slotOfEntry[entry] = slot
  }
}

/** A copy with room for more. */
export function resized(array: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(length)
  copy.set(array.length > length ? array.subarray(0, length) : array)
  return copy
}

/** Empties the pool; its memory is kept. */
export function clear(pool: ValuePool): void {
  const { slots, slotOfEntry, count } = pool
  for (let entry = 0; entry < count; entry++) slots[slotOfEntry[entry] as number] = 0
  pool.count = 0
}

/**
 * Adds a descending list, shifted and scaled, as far as its values exceed a threshold.
 *
 * @returns the number of values added
 */
export function addShifted(
  pool: ValuePool,
  values: Float64Array,
  masses: Float64Array,
  start: number,
  end: number,
  shift: number,
  scale: number,
  threshold: number,
): number {
  let { slots, keys, count } = pool
  let pooled = pool.masses
  let mask = slots.length - 1
  let i = start
  for (; i < end; i++) {
    const value = (values[i] as number) + shift
    if (value <= threshold) break
    const key = Math.floor(value * resolution + 0.5)
    let slot = hash(key) & mask
    let entry = slots[slot] as number
    while (entry !== 0 && keys[entry - 1] !== key) {
      slot = (slot + 1) & mask
      entry = slots[slot] as number
    }
    if (entry !== 0) {
      pooled[entry - 1] = (pooled[entry - 1] as number) + scale * (masses[i] as number)
      continue
    }
    if (count === keys.length) {
      pool.count = count
      grow(pool)
      slots = pool.slots
      keys = pool.keys
      pooled = pool.masses
      mask = slots.length - 1
      slot = hash(key) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
    }
    keys[count] = key
    pool.values[count] = value
    pooled[count] = scale * (masses[i] as number)
    pool.slotOfEntry[count] = slot
    slots[slot] = ++count
  }
  pool.count = count
  return i - start
}

/** Sorts values in descending order in place, and masses with them. */
export function sortDescending(values: Float64Array, masses: Float64Array, count: number): void {
  if (count < 2) return
  const stack = [0, count - 1]
  while (stack.length > 0) {
    let high = stack.pop() as number
    let low = stack.pop() as number
    while (high - low > 20) {
      const a = values[low] as number
      const b = values[(low + high) >>> 1] as number
      const c = values[high] as number
      const pivot = a > b ? (b > c ? b : a > c ? c : a) : a > c ? a : b > c ? c : b
      let i = low
      let j = high
      while (i <= j) {
        while ((values[i] as number) > pivot) i++
        while ((values[j] as number) < pivot) j--
        if (i > j) break
        const value = values[i] as number
        values[i] = values[j] as number
        values[j] = value
        const mass = masses[i] as number
        masses[i] = masses[j] as number
        masses[j] = mass
        i++
        j--
      }
      // The larger part waits on the stack, which keeps the stack logarithmic.
      if (j - low < high - i) {
        if (i < high) stack.push(i, high)
        high = j
      } else {
        if (low < j) stack.push(low, j)
        low = i
      }
    }
    for (let i = low + 1; i <= high; i++) {
      const value = values[i] as number
      const mass = masses[i] as number
      let j = i - 1
      while (j >= low && (values[j] as number) < value) {
        values[j + 1] = values[j] as number
        masses[j + 1] = masses[j] as number
        j--
      }
      values[j + 1] = value
      masses[j + 1] = mass
    }
  }
}
