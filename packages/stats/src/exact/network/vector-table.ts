/** Vectors of small non-negative integers, each stored once and numbered in order of arrival. */
export interface VectorTable {
  /** Entries of a vector. */
  readonly length: number
  /** Number of vectors. */
  count: number
  /** The vectors, one after the other. */
  parts: Int32Array
  /** Mixed-radix key by number of vector. */
  keys: Float64Array
  /** Number of the vector in each slot of the hash table, or -1. */
  slots: Int32Array
  /** Weight of each entry in the key. */
  readonly radix: Float64Array
}

const multiplier = 0x9e3779b1

/** Whether vectors of this length and these largest entries have keys that a double holds exactly. */
export function fitsVectorKey(length: number, largest: number): boolean {
  return (length - 1) * Math.log2(largest + 1) < 53
}

/**
 * An empty table.
 *
 * @param length - entries of a vector; the last is implied by the sum, which all vectors of a table share
 * @param largest - largest entry
 */
export function vectorTable(length: number, largest: number): VectorTable {
  const radix = new Float64Array(length)
  let weight = 1
  for (let i = 0; i < length - 1; i++) {
    radix[i] = weight
    weight *= largest + 1
  }
  return { length, count: 0, parts: new Int32Array(16 * length), keys: new Float64Array(16), slots: new Int32Array(32).fill(-1), radix }
}

function slotOf(key: number, mask: number): number {
  // Both halves of the key enter, as keys of long vectors differ in the high bits only.
  let hash = Math.imul(key | 0, multiplier) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b)
  hash ^= hash >>> 15
  return (Math.imul(hash, multiplier) >>> 7) & mask
}

function grow(table: VectorTable): void {
  const capacity = table.keys.length * 2
  const keys = new Float64Array(capacity)
  keys.set(table.keys)
  const parts = new Int32Array(capacity * table.length)
  parts.set(table.parts)
  const slots = new Int32Array(capacity * 2).fill(-1)
  const mask = slots.length - 1
  for (let id = 0; id < table.count; id++) {
    let slot = slotOf(keys[id] as number, mask)
    while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask
    slots[slot] = id
  }
  table.keys = keys
  table.parts = parts
  table.slots = slots
}

/** The number of a vector, which is added if it is new (`table.count` tells). */
export function numberOf(table: VectorTable, vector: Int32Array): number {
  const { length, radix } = table
  let key = 0
  for (let i = 0; i < length - 1; i++) key += (vector[i] as number) * (radix[i] as number)
  let slots = table.slots
  let mask = slots.length - 1
  let slot = slotOf(key, mask)
  for (;;) {
    const id = slots[slot] as number
    if (id < 0) break
    if (table.keys[id] === key) return id
    slot = (slot + 1) & mask
  }
  if (table.count === table.keys.length) {
    grow(table)
    slots = table.slots
    mask = slots.length - 1
    slot = slotOf(key, mask)
    while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask
  }
  const id = table.count++
  slots[slot] = id
  table.keys[id] = key
  const offset = id * length
  for (let i = 0; i < length; i++) table.parts[offset + i] = vector[i] as number
  return id
}
