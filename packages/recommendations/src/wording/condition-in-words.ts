import { acceptedValues, comparisonOf, type Condition } from '../model/condition.ts'

const words = { below: 'is below', atMost: 'is at most', atLeast: 'is at least', above: 'is above' } as const

/** A condition in words: `hasTeam is yes and (openSource is sometimes or never)`. */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(part).join(' and ')
  if ('any' in condition) return condition.any.map(part).join(' or ')
  if ('not' in condition) return `not ${part(condition.not)}`
  const compared = comparisonOf(condition)
  if (compared) {
    const limit = typeof compared.limit === 'number' ? String(compared.limit) : compared.limit.threshold
    return `${condition.indicator} ${words[compared.comparison]} ${limit}`
  }
  return `${condition.indicator} is ${acceptedValues(condition as { readonly indicator: string; readonly is: string }).join(' or ')}`
}

function part(condition: Condition): string {
  const isJoined = ('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1)
  return isJoined ? `(${conditionInWords(condition)})` : conditionInWords(condition)
}
