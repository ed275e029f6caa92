/**
 * A table with its totals as a circulation: count (i, j) flows from row i to column j, a column total from its column to
 * the sink, the grand total from the sink to the source, a row total from the source to its row. Every node balances
 * exactly where the totals are the sums of the counts, so what can be worked out from the published part is what every
 * circulation with those flows has in common.
 */
export interface TableNetwork {
  readonly nodes: number
  /** Tail of each arc. */
  readonly from: Int32Array
  /** Head of each arc. */
  readonly to: Int32Array
  /** True flow of each arc. */
  readonly flow: Float64Array
  /** Arcs by node that they touch. */
  readonly incident: readonly (readonly number[])[]
  /** Number of the arc of a cell; `row` R is the row of totals, `column` C the column of totals. */
  readonly arcOf: (row: number, column: number) => number
}

/** The network of R × C counts with their row, column and grand totals. */
export function tableNetwork(
  counts: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
  total: number,
): TableNetwork {
  const height = rows.length
  const width = columns.length
  const nodes = height + width + 2
  const source = height + width
  const sink = source + 1
  const size = (height + 1) * (width + 1)
  const from = new Int32Array(size)
  const to = new Int32Array(size)
  const flow = new Float64Array(size)
  const incident: number[][] = Array.from({ length: nodes }, () => [])
  const arcOf = (row: number, column: number): number => row * (width + 1) + column
  for (let i = 0; i <= height; i++) {
    for (let j = 0; j <= width; j++) {
      const arc = arcOf(i, j)
      const isRowTotal = j === width
      const isColumnTotal = i === height
      from[arc] = isRowTotal ? (isColumnTotal ? sink : source) : isColumnTotal ? height + j : i
      to[arc] = isRowTotal ? (isColumnTotal ? source : i) : isColumnTotal ? sink : height + j
      flow[arc] = isRowTotal
        ? isColumnTotal
          ? total
          : (rows[i] as number)
        : isColumnTotal
          ? (columns[j] as number)
          : (counts[i]?.[j] as number)
      incident[from[arc]]?.push(arc)
      incident[to[arc]]?.push(arc)
    }
  }
  return { nodes, from, to, flow, incident, arcOf }
}

/**
 * How far the flow of one arc can be moved, up to `most`, when only hidden arcs may change and none below zero.
 *
 * The largest rise is the largest flow that can return from the arc's head to its tail through the other hidden arcs;
 * the largest fall likewise the other way round. Augmenting by shortest paths ends after few steps on tables that people read.
 */
export function largestShift(network: TableNetwork, hidden: Uint8Array, arc: number, direction: 'up' | 'down', most: number): number {
  const { from, to, flow } = network
  const start = direction === 'up' ? (to[arc] as number) : (from[arc] as number)
  const end = direction === 'up' ? (from[arc] as number) : (to[arc] as number)
  const room = direction === 'up' ? most : Math.min(most, flow[arc] as number)
  const current = Float64Array.from(flow)
  let shifted = 0
  while (shifted < room) {
    const path = shortestPath(network, hidden, arc, start, end, current)
    if (path === null) break
    let step = room - shifted
    for (const { arc: used, forward } of path) if (!forward) step = Math.min(step, current[used] as number)
    for (const { arc: used, forward } of path) current[used] = (current[used] as number) + (forward ? step : -step)
    shifted += step
  }
  return shifted
}

interface Step {
  readonly arc: number
  readonly forward: boolean
}

function shortestPath(
  { nodes, from, to, incident }: TableNetwork,
  hidden: Uint8Array,
  excluded: number,
  start: number,
  end: number,
  current: Float64Array,
): readonly Step[] | null {
  const reachedBy: (Step | undefined)[] = new Array<Step | undefined>(nodes)
  const queue = [start]
  const seen = new Uint8Array(nodes)
  seen[start] = 1
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head] as number
    if (node === end) break
    for (const arc of incident[node] as readonly number[]) {
      if (arc === excluded || hidden[arc] === 0) continue
      const forward = from[arc] === node
      if (!forward && (current[arc] as number) <= 0) continue
      const next = forward ? (to[arc] as number) : (from[arc] as number)
      if (seen[next] === 1) continue
      seen[next] = 1
      reachedBy[next] = { arc, forward }
      queue.push(next)
    }
  }
  if (seen[end] === 0) return null
  const path: Step[] = []
  for (let node = end; node !== start;) {
    const step = reachedBy[node] as Step
    path.push(step)
    node = step.forward ? (from[step.arc] as number) : (to[step.arc] as number)
  }
  return path
}

/**
 * The cheapest arcs to hide so that the flow of one arc can be larger by `amount`: Dijkstra's path that returns from its head to
 * its tail. Hidden arcs cost nothing; an arc used backwards must have `amount` to give. A path there always is, for every arc is on
 * one that goes forward from the source through a cell to the sink and by the grand total back.
 */
export function cheapestDetour(network: TableNetwork, hidden: Uint8Array, arc: number, amount: number): readonly number[] {
  const { nodes, from, to, flow, incident } = network
  const start = to[arc] as number
  const end = from[arc] as number
  const distance = new Float64Array(nodes).fill(Infinity)
  const reachedBy = new Int32Array(nodes).fill(-1)
  const done = new Uint8Array(nodes)
  distance[start] = 0
  for (;;) {
    let node = -1
    for (let k = 0; k < nodes; k++) {
      if (done[k] === 0 && distance[k] !== Infinity && (node === -1 || (distance[k] as number) < (distance[node] as number))) node = k
    }
    if (node === end) break
    done[node] = 1
    for (const candidate of incident[node] as readonly number[]) {
      if (candidate === arc) continue
      const forward = from[candidate] === node
      const count = flow[candidate] as number
      if (!forward && count < amount) continue
      // A published zero gives nothing away and hides nothing: take it last. Otherwise the smaller the count, the smaller the loss.
      const cost = hidden[candidate] === 1 ? 0 : count === 0 ? 1e12 : count
      const next = forward ? (to[candidate] as number) : (from[candidate] as number)
      const through = (distance[node] as number) + cost
      if (through < (distance[next] as number)) {
        distance[next] = through
        reachedBy[next] = candidate
      }
    }
  }
  const path: number[] = []
  for (let node = end; node !== start;) {
    const used = reachedBy[node] as number
    path.push(used)
    node = to[used] === node ? (from[used] as number) : (to[used] as number)
  }
  return path
}
