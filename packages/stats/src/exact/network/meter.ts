/** What a computation may use, and what it has used so far. */
export interface Meter {
  /** Elementary steps allowed. */
  workLimit: number
  /** Bytes allowed at any one time. */
  readonly memoryLimit: number
  /** Elementary steps done. */
  work: number
  /** Bytes in use. */
  memory: number
  /** Most bytes in use at any time. */
  peakMemory: number
  /** Work at which to pause next. */
  pauseAt: number
}

/** Work between two pauses: some ten milliseconds. */
const slice = 4_000_000

/** A computation that pauses between slices of work, so that the caller can stop it or let others run. */
export type Sliced<T> = Generator<undefined, T, undefined>

/** Thrown inside the engine when the meter has run out, and caught there. */
export class MeterExhausted extends Error {
  override readonly name: string = 'MeterExhausted'
}

/** A meter at zero. */
export function meter(workLimit: number, memoryLimit: number): Meter {
  return { workLimit, memoryLimit, work: 0, memory: 0, peakMemory: 0, pauseAt: slice }
}

/**
 * Counts work, see {@link charge}.
 *
 * @returns whether it is time to pause
 * @throws {@link MeterExhausted}
 */
export function spend(meter: Meter, work: number): boolean {
  charge(meter, work)
  return pauseDue(meter)
}

/**
 * Counts work.
 *
 * @throws {@link MeterExhausted}
 */
export function charge(meter: Meter, work: number): void {
  meter.work += work
  if (meter.work > meter.workLimit) throw new MeterExhausted()
}

/** Whether it is time to pause; says so once a slice. */
export function pauseDue(meter: Meter): boolean {
  if (meter.work < meter.pauseAt) return false
  meter.pauseAt = meter.work + slice
  return true
}

/**
 * Counts memory taken (positive) or given back (negative).
 *
 * @throws {@link MeterExhausted}
 */
export function reserve(meter: Meter, bytes: number): void {
  meter.memory += bytes
  if (meter.memory > meter.peakMemory) meter.peakMemory = meter.memory
  if (meter.memory > meter.memoryLimit) throw new MeterExhausted()
}

/** Runs a computation to its end, stopping between slices if it was aborted. */
export function runToEnd<T>(computation: Sliced<T>, betweenSlices: () => void): T {
  betweenSlices()
  for (;;) {
    const step = computation.next()
    if (step.done === true) return step.value
    betweenSlices()
  }
}

/** Runs a computation to its end, letting others run between slices. */
export async function runInSlices<T>(computation: Sliced<T>, betweenSlices: () => void): Promise<T> {
  betweenSlices()
  for (;;) {
    const step = computation.next()
    if (step.done === true) return step.value
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0)
    })
    betweenSlices()
  }
}
