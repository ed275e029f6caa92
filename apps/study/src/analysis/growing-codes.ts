/** A list of whole numbers that grows by doubling: four bytes each, where an array of records would take hundreds. */
export interface GrowingCodes {
  readonly push: (code: number) => void
  /** The numbers so far. */
  readonly done: () => Int32Array
}

/** An empty list. */
export function growingCodes(): GrowingCodes {
  let room = new Int32Array(256)
  let size = 0
  return {
    push: (code) => {
      if (size === room.length) {
        const larger = new Int32Array(2 * size)
        larger.set(room)
        room = larger
      }
      room[size++] = code
    },
    done: () => room.slice(0, size),
  }
}
