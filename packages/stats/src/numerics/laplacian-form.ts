/**
 * dᵀ·L⁻·d for a graph Laplacian L, with the rank of L.
 *
 * L has −wᵢⱼ beside the diagonal and row sums of zero: the shape of every covariance matrix of differences between
 * margins. One vertex after another is eliminated by adding, multiplying and dividing non-negative weights (Grassmann,
 * Taksar and Heyman's trick), so the form is right to the last digits however badly the matrix is conditioned, and parts of
 * the graph that nothing connects are told apart exactly: categories nobody used cost a degree of freedom, not an answer.
 *
 * @param weights - symmetric, non-negative, diagonal ignored; overwritten
 * @param differences - sums to zero within each connected part; overwritten
 */
export function laplacianForm(weights: Float64Array[], differences: Float64Array): { readonly form: number; readonly rank: number } {
  let form = 0
  let rank = 0
  for (let k = weights.length - 1; k > 0; k--) {
    const row = weights[k] as Float64Array
    let degree = 0
    for (let i = 0; i < k; i++) degree += row[i] as number
    if (degree === 0) continue
    const difference = differences[k] as number
    form += (difference / degree) * difference
    rank++
    for (let i = 0; i < k; i++) {
      const share = (row[i] as number) / degree
      if (share === 0) continue
      differences[i] = (differences[i] as number) + difference * share
      const other = weights[i] as Float64Array
      for (let j = 0; j < k; j++) if (j !== i) other[j] = (other[j] as number) + share * (row[j] as number)
    }
  }
  return { form, rank }
}
