/**
 * A statistic that adds up over the cells of a table, Σᵢⱼ f(xᵢⱼ) · aᵢ · bⱼ, read so that smaller is more extreme.
 *
 * `shape` tells how a block of cells is bounded from above:
 *
 * - `logarithmic`: f concave with f′(x) near −ln x (−ln x!, −x ln x); bounded by a Lagrangian, see `concaveBound`
 * - `quadratic`: f(x) = −x²; the same with linear prices
 * - `convex`: f convex; bounded by filling cells greedily
 * - `linear`: f(x) = x; bounded by pairing large with large
 */
export interface AdditiveStatistic {
  /** Kind of f, which decides the bound. */
  readonly shape: 'logarithmic' | 'quadratic' | 'convex' | 'linear'
  /** f(0), f(1) … up to the largest possible cell. */
  readonly cell: Float64Array
  /** aᵢ, one a row; `null` where all are 1, so that rows may trade places. */
  readonly rowFactors: Float64Array | null
  /** bⱼ, one a column; `null` together with `rowFactors`. */
  readonly columnFactors: Float64Array | null
  /** What is added to an expected count before its price is taken, so that the best whole counts add up nearly right. */
  readonly shift: number
}
