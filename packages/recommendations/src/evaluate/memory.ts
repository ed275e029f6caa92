import { type Fact, type Facts, notSupplied } from '../facts/fact.ts'
import { type RuleProgram } from '../logic/rule-program.ts'

/** Facts of one indicator are numbered up to this; then all is forgotten and numbered anew. */
const mostFacts = 4096

/** Above this many combinations of facts all is forgotten too, so that memory stays bounded whatever comes. */
const mostResults = 50_000

/** What rules came to for combinations of facts. It changes the time that an evaluation takes, and nothing else. */
export interface Memory<Result> {
  /** What each rule comes to for a subject, in the order of the programs; `make` is asked only for combinations not met before. */
  readonly results: (facts: Facts, make: (program: RuleProgram) => Result) => Result[]
}

/** What is remembered after some facts of a rule were looked at: by the number of the next fact, or the result after the last. */
type Level<Result> = (Level<Result> | Result | undefined)[]

/**
 * Remembers what rules came to. Facts that read alike are the same fact here: a million trusts give a few dozen different answers to the
 * questions of a rule, so nearly every result is one that was worked out before.
 */
export function createMemory<Result>(programs: readonly RuleProgram[]): Memory<Result> {
  const read = [...new Set(programs.flatMap(({ indicators }) => indicators))]
  const positions = programs.map(({ indicators }) => indicators.map((indicator) => read.indexOf(indicator)))
  const numbers = new Array<number>(read.length).fill(0)
  let byObject = read.map(() => new Map<Fact, number>())
  let byText = read.map(() => new Map<string, number>())
  let levels = programs.map((): Level<Result> => [])
  let size = 0

  const forget = (): void => {
    byObject = read.map(() => new Map<Fact, number>())
    byText = read.map(() => new Map<string, number>())
    levels = programs.map(() => [])
    size = 0
  }
  const numberOf = (fact: Fact, position: number): number => {
    const objects = byObject[position] as Map<Fact, number>
    const known = objects.get(fact)
    if (known !== undefined) return known
    const texts = byText[position] as Map<string, number>
    const text = JSON.stringify(fact)
    let number = texts.get(text)
    if (number === undefined) {
      number = texts.size
      texts.set(text, number)
      // Counted as results are, so that many different facts lead to forgetting as many different results do.
      size += mostResults / mostFacts
    }
    // Where each fact is an object of its own, knowing the object helps nobody.
    if (objects.size >= mostFacts) objects.clear()
    objects.set(fact, number)
    return number
  }

  return {
    results: (facts, make) => {
      if (size > mostResults) forget()
      for (let i = 0; i < read.length; i++) numbers[i] = numberOf(facts[read[i] as string] ?? notSupplied, i)
      const results = new Array<Result>(programs.length)
      for (let p = 0; p < programs.length; p++) {
        const places = positions[p] as readonly number[]
        const last = places.length - 1
        let level = levels[p] as Level<Result>
        for (let i = 0; i < last; i++) {
          const number = numbers[places[i] as number] as number
          level = (level[number] ??= []) as Level<Result>
        }
        const number = numbers[places[last] as number] as number
        let result = level[number] as Result | undefined
        if (result === undefined) {
          result = make(programs[p] as RuleProgram)
          level[number] = result
          size += 1
        }
        results[p] = result
      }
      return results
    },
  }
}
