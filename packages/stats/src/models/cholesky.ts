/**
 * Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ, stored row after row.
 *
 * @param matrix - n × n numbers; only the lower triangle is read
 * @param n - its order
 * @returns the lower triangle of L, or `null` where A is singular to working precision
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | null {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number)
      if (i === j) {
        // What is left of a diagonal element after the others are projected out, lost in its rounding.
        if (!(sum > (matrix[i * n + i] as number) * 1e-13)) return null
        factor[i * n + i] = Math.sqrt(sum)
      } else {
        factor[i * n + j] = sum / (factor[j * n + j] as number)
      }
    }
  }
  return factor
}

/** Solves L Lᵀ x = b. */
export function solveCholesky(factor: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  const x = solveLower(factor, n, b)
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] as number) * (x[k] as number)
    x[i] = sum / (factor[i * n + i] as number)
  }
  return x
}

/** Solves L x = b. */
export function solveLower(factor: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number
    for (let k = 0; k < i; k++) sum -= (factor[i * n + k] as number) * (x[k] as number)
    x[i] = sum / (factor[i * n + i] as number)
  }
  return x
}
