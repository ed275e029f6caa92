/**
 * dᵀ·V⁻·d for a positive semidefinite V, with the numerical rank of V, by Cholesky's decomposition with pivoting on the
 * scaled matrix: it stops where what is left is rounding.
 *
 * @param matrix - V, lower triangle; overwritten
 * @param vector - d, in the range of V; overwritten
 */
export function semidefiniteForm(matrix: Float64Array[], vector: Float64Array): { readonly form: number; readonly rank: number } {
  const size = matrix.length
  const at = (i: number, j: number): number => (i >= j ? (matrix[i] as Float64Array)[j] : (matrix[j] as Float64Array)[i]) as number
  const put = (i: number, j: number, value: number): void => {
    ;(matrix[Math.max(i, j)] as Float64Array)[Math.min(i, j)] = value
  }
  const scale = matrix.map((_, i) => at(i, i))
  const left = matrix.flatMap((_, i) => (at(i, i) > 0 ? [i] : []))
  let form = 0
  let rank = 0
  while (left.length > 0) {
    let best = 0
    for (let k = 1; k < left.length; k++) if (share(left[k] as number) > share(left[best] as number)) best = k
    const pivot = left[best] as number
    if (share(pivot) < size * 1e-13) break
    left.splice(best, 1)
    const diagonal = at(pivot, pivot)
    const value = vector[pivot] as number
    form += (value / diagonal) * value
    rank++
    for (const [k, i] of left.entries()) {
      const factor = at(i, pivot) / diagonal
      vector[i] = (vector[i] as number) - factor * value
      for (let l = 0; l <= k; l++) {
        const j = left[l] as number
        put(i, j, at(i, j) - factor * at(j, pivot))
      }
    }
  }
  return { form, rank }

  /** What is left of a variance after the pivots so far. */
  function share(i: number): number {
    return at(i, i) / (scale[i] as number)
  }
}
