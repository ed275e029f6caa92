/** `.4646`: a P value with as many digits as an audit needs, in the style of the journal. */
export function pText(pValue: number): string {
  if (pValue > 0 && pValue < 0.0001) return pValue.toExponential(1).replace('e-', '\u00a0×\u00a010^−')
  return pValue.toFixed(4).replace(/^0/, '')
}

/** A number with at most so many decimals, without trailing zeros. */
export function numberText(value: number, decimals = 4): string {
  return String(Number(value.toFixed(decimals)))
}

/** `a`, `a or b`, `a, b or c`. */
export function anyOf(words: readonly (string | number)[]): string {
  const last = words.at(-1)
  return words.length < 2 ? String(last ?? '') : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** `165`, `165 or 166`, `138 to 145`: whole numbers from first to last. */
export function runText({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : last === first + 1 ? `${first} or ${last}` : `${first} to ${last}`
}
