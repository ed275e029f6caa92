import { isDisclosed } from './describe-text.ts'
import type { Match, MatchStatus } from './match.ts'
import { type OpenSourceFrequency, openSourceStatement } from './open-source-statement.ts'

/** A text with the technologies that a person found in it. */
export interface LabelledText {
  /** Identifier within its set. */
  readonly id: string
  /** The text. */
  readonly text: string
  /** Technologies disclosed: held, used, required or planned. */
  readonly gold: readonly string[]
  /** Technologies named, whatever their status. */
  readonly mentioned: readonly string[]
  /** Why a technology is named and not disclosed, by identifier. */
  readonly status?: Readonly<Record<string, string>>
  /** What the text says about the use of open source; texts without it are left out of that count. */
  readonly openSource?: OpenSourceFrequency
}

/** Agreement of what was found with what is there. */
export interface Scores {
  /** Share of the found that is right, 0 to 1; `null` where nothing was found. */
  readonly precision: number | null
  /** Share of the right that was found, 0 to 1; `null` where nothing was there. */
  readonly recall: number | null
  /** Harmonic mean of the two, 2·tp / (2·tp + fp + fn); `null` where there is nothing to count. */
  readonly f1: number | null
  /** Found and right. */
  readonly truePositives: number
  /** Found and wrong. */
  readonly falsePositives: number
  /** There and not found. */
  readonly falseNegatives: number
}

/** {@link Scores} of one technology, category or status. */
export interface GroupScores extends Scores {
  /** The technology, category or status. */
  readonly group: string
}

/** One disagreement. */
export interface Disagreement {
  /** The text. */
  readonly textId: string
  /** The technology. */
  readonly technologyId: string
  /** What the label says: a status, `disclosed`, or `absent`. */
  readonly labelled: string
  /** What the classifier says: a status, or `absent`. */
  readonly found: MatchStatus | 'absent'
  /** The words that were matched, or `null`. */
  readonly words: string | null
}

/** How well a classifier does on labelled texts. */
export interface Evaluation {
  /** Number of texts. */
  readonly texts: number
  /** Which technologies a text names; pairs of text and technology, pooled over the texts. */
  readonly named: Scores
  /** Which technologies a text discloses; as `named`. */
  readonly disclosed: Scores
  /** Share of the texts that name nothing which got a match, 0 to 1; `null` where every text names something. */
  readonly emptyTextHitRate: number | null
  /** Share of the open-source statements that are right, 0 to 1; `null` where none is labelled. */
  readonly openSourceAccuracy: number | null
  /** Named, by technology, in alphabetical order. */
  readonly byTechnology: readonly GroupScores[]
  /** Named, by category of the technology, in alphabetical order. */
  readonly byCategory: readonly GroupScores[]
  /** By status, among technologies that are labelled and found: `disclosed` and the reasons against it. */
  readonly byStatus: readonly GroupScores[]
  /** Every disagreement, in the order of the texts. */
  readonly disagreements: readonly Disagreement[]
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /**
   * The category of a technology; `unknown` where it gives none.
   *
   * @defaultValue every technology is in `unknown`
   */
  readonly categoryOf?: (technologyId: string) => string | undefined
}

/** Counts of one group. */
interface Tally {
  right: number
  wrong: number
  missed: number
}

function scoresOf({ right, wrong, missed }: Tally): Scores {
  return {
    precision: right + wrong === 0 ? null : right / (right + wrong),
    recall: right + missed === 0 ? null : right / (right + missed),
    f1: right + wrong + missed === 0 ? null : (2 * right) / (2 * right + wrong + missed),
    truePositives: right,
    falsePositives: wrong,
    falseNegatives: missed,
  }
}

/** Tallies by group, made as they are asked for. */
class Tallies {
  readonly #groups = new Map<string, Tally>()

  /** The tally of a group. */
  of(group: string): Tally {
    let tally = this.#groups.get(group)
    if (tally === undefined) this.#groups.set(group, (tally = { right: 0, wrong: 0, missed: 0 }))
    return tally
  }

  /** The scores of all groups, in alphabetical order. */
  scores(): readonly GroupScores[] {
    return [...this.#groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([group, tally]) => ({ group, ...scoresOf(tally) }))
  }
}

/**
 * Compares a classifier with labelled texts.
 *
 * Precision tp / (tp + fp) and recall tp / (tp + fn) are pooled over pairs of text and technology (micro-averaged); a technology named
 * twice in a text counts once, as disclosed where one of its matches is.
 *
 * @param texts - the labelled texts
 * @param classify - the classifier to judge, such as {@link classifyText}
 * @param options - see {@link EvaluateOptions}
 *
 * @example
 * ```ts @import.meta.vitest
 * const { classifyText } = await import('./classifier.ts')
 * const { named, disclosed, emptyTextHitRate } = evaluate(
 *   [
 *     { id: 'a', text: 'Java, no PHP', gold: ['java'], mentioned: ['java', 'php'] },
 *     { id: 'b', text: 'Staff can access records.', gold: [], mentioned: [] },
 *   ],
 *   classifyText,
 * )
 *
 * expect([named.f1, disclosed.f1, emptyTextHitRate]).toEqual([1, 1, 0])
 * ```
 */
export function evaluate(
  texts: readonly LabelledText[],
  classify: (text: string) => readonly Match<string>[],
  options: EvaluateOptions = {},
): Evaluation {
  const categoryOf = (id: string): string => options.categoryOf?.(id) ?? 'unknown'
  const named: Tally = { right: 0, wrong: 0, missed: 0 }
  const disclosed: Tally = { right: 0, wrong: 0, missed: 0 }
  const byTechnology = new Tallies()
  const byCategory = new Tallies()
  const byStatus = new Tallies()
  const disagreements: Disagreement[] = []
  let empty = 0
  let emptyWithHit = 0
  let statements = 0
  let rightStatements = 0
  for (const { id: textId, text, gold, mentioned, status, openSource } of texts) {
    const found = new Map<string, Match<string>>()
    for (const match of classify(text)) {
      const known = found.get(match.technologyId)
      if (known === undefined || (isDisclosed(match) && !isDisclosed(known))) found.set(match.technologyId, match)
    }
    const labels = new Set([...mentioned, ...gold])
    if (labels.size === 0) {
      empty++
      if (found.size > 0) emptyWithHit++
    }
    if (openSource !== undefined) {
      statements++
      if (openSourceStatement(text).statement === openSource) rightStatements++
    }
    for (const technologyId of [...new Set([...labels, ...found.keys()])]) {
      const match = found.get(technologyId)
      const isLabelled = labels.has(technologyId)
      const outcome = match !== undefined ? (isLabelled ? 'right' : 'wrong') : 'missed'
      for (const tally of [named, byTechnology.of(technologyId), byCategory.of(categoryOf(technologyId))]) tally[outcome]++
      const isGold = gold.includes(technologyId)
      const isFound = match !== undefined && isDisclosed(match)
      if (isGold || isFound) disclosed[isGold && isFound ? 'right' : isFound ? 'wrong' : 'missed']++
      const labelled = !isLabelled ? 'absent' : isGold ? 'disclosed' : (status?.[technologyId] ?? 'not disclosed')
      const said = match === undefined ? 'absent' : isDisclosed(match) ? 'disclosed' : match.status
      if (isLabelled && match !== undefined) {
        if (said === labelled) byStatus.of(labelled).right++
        else {
          byStatus.of(labelled).missed++
          byStatus.of(said).wrong++
        }
      }
      if (said !== labelled)
        disagreements.push({ textId, technologyId, labelled, found: match?.status ?? 'absent', words: match?.text ?? null })
    }
  }
  return {
    texts: texts.length,
    named: scoresOf(named),
    disclosed: scoresOf(disclosed),
    emptyTextHitRate: empty === 0 ? null : emptyWithHit / empty,
    openSourceAccuracy: statements === 0 ? null : rightStatements / statements,
    byTechnology: byTechnology.scores(),
    byCategory: byCategory.scores(),
    byStatus: byStatus.scores(),
    disagreements,
  }
}

/** The decisions of two coders on the same items, as a square table of counts for a coefficient of agreement. */
export interface CoderTable {
  /** The labels of rows and columns, in alphabetical order. */
  readonly labels: readonly string[]
  /** Items by label of the first coder (row) and of the second (column). */
  readonly counts: readonly (readonly number[])[]
}

/**
 * The table of two coders' labels for the same texts, for Cohen's kappa or any other coefficient of agreement.
 *
 * Each pair of text and technology that either coder named is an item; a coder who did not name it says `absent`.
 *
 * @param first - labels of the first coder
 * @param second - labels of the second coder; texts are joined by `id`, and those of one coder only are left out
 *
 * @example
 * ```ts @import.meta.vitest
 * const one = [{ id: 'a', text: 'Java, no PHP', gold: ['java'], mentioned: ['java', 'php'], status: { php: 'negated' } }]
 * const two = [{ id: 'a', text: 'Java, no PHP', gold: ['java'], mentioned: ['java'] }]
 *
 * expect(coderTable(one, two)).toEqual({ labels: ['absent', 'disclosed', 'negated'], counts: [[0, 0, 0], [0, 1, 0], [1, 0, 0]] })
 * ```
 */
export function coderTable(first: readonly LabelledText[], second: readonly LabelledText[]): CoderTable {
  const labelIn = ({ gold, mentioned, status }: LabelledText, id: string): string =>
    gold.includes(id) ? 'disclosed' : mentioned.includes(id) ? (status?.[id] ?? 'not disclosed') : 'absent'
  const other = new Map(second.map((text) => [text.id, text]))
  const pairs: (readonly [string, string])[] = []
  for (const one of first) {
    const two = other.get(one.id)
    if (two === undefined) continue
    for (const id of new Set([...one.gold, ...one.mentioned, ...two.gold, ...two.mentioned]))
      pairs.push([labelIn(one, id), labelIn(two, id)])
  }
  const labels = [...new Set(pairs.flat())].sort()
  const counts = labels.map((row) => labels.map((column) => pairs.filter(([left, right]) => left === row && right === column).length))
  return { labels, counts }
}
