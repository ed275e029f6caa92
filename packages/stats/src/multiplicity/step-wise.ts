import { ascendingOrder } from './ascending-order.ts'

/** Step-down adjustment: the running maximum of what each P value becomes, from the smallest on. */
export function stepDown(p: Float64Array, become: (value: number, rank: number) => number): Float64Array {
  const { sorted, order } = ascendingOrder(p)
  const adjusted = new Float64Array(p.length)
  let largest = 0
  for (let rank = 0; rank < p.length; rank++) {
    const next = become(sorted[rank] as number, rank)
    if (next > largest) largest = next
    adjusted[order[rank] as number] = largest < 1 ? largest : 1
  }
  return adjusted
}

/** Step-up adjustment: the running minimum of what each P value becomes, from the largest on. */
export function stepUp(p: Float64Array, become: (value: number, rank: number) => number): Float64Array {
  const { sorted, order } = ascendingOrder(p)
  const adjusted = new Float64Array(p.length)
  let smallest = 1
  for (let rank = p.length - 1; rank >= 0; rank--) {
    const next = become(sorted[rank] as number, rank)
    if (next < smallest) smallest = next
    adjusted[order[rank] as number] = smallest
  }
  return adjusted
}
