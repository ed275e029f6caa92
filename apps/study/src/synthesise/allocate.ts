import { noncentralHypergeometricMean, type Random } from '@open-digital-capability/stats'

/** Numbers 0 to `count` − 1 in random order. */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1))
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  return order
}

/**
 * Who of some members says yes, so that exactly `yes` do and a group among them does so with a given odds ratio: the
 * group's number is the mean of Fisher's noncentral hypergeometric distribution, rounded.
 *
 * @param members - positions of those asked
 * @param isInGroup - whether a member belongs to the group
 * @param yes - how many say yes
 * @param oddsRatio - odds of yes in the group over those outside
 */
export function allocate(
  members: readonly number[],
  isInGroup: (member: number) => boolean,
  yes: number,
  oddsRatio: number,
  random: Random,
): Set<number> {
  const group = members.filter(isInGroup)
  const others = members.filter((member) => !isInGroup(member))
  const mean = group.length === 0 ? 0 : noncentralHypergeometricMean(yes, members.length - yes, group.length, oddsRatio)
  const ofGroup = Math.min(Math.max(Math.round(mean), yes - others.length, 0), group.length, yes)
  const pick = (from: readonly number[], count: number): number[] =>
    shuffled(from.length, random)
      .slice(0, count)
      .map((i) => from[i] as number)
  return new Set([...pick(group, ofGroup), ...pick(others, yes - ofGroup)])
}
