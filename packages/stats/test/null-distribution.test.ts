import { describe, expect, test } from 'vitest'
import { exactMultinomialTest, goodnessOfFitTest } from '../src/index.ts'

describe.each([
  ['goodness of fit', goodnessOfFitTest],
  ['exact multinomial', exactMultinomialTest],
] as const)('one variable: %s', (_, run) => {
  test.each([
    [[3], {}, 'too-small', 'there is one category, expected at least two'],
    [[3, 4], { ratios: [1, 1], probabilities: [0.5, 0.5] }, 'mismatch', 'probabilities and ratios say the same thing; give one of them'],
    [[3, 4], { ratios: [1] }, 'mismatch', 'there are 2 counts but 1 probabilities'],
    [[3, 4], { probabilities: [0.2, 0.3, 0.5] }, 'mismatch', 'there are 2 counts but 3 probabilities'],
    [[3, 4], { ratios: [1, 0] }, 'out-of-range', 'probability 1 is 0, expected more than 0; leave out a category that cannot occur'],
    [[3, 4], { ratios: [-1, 2] }, 'out-of-range', 'probability 0 is -1, expected more than 0'],
    [[3, 4], { ratios: [1, Infinity] }, 'out-of-range', 'probability 1 is Infinity'],
    [[3, 4], { probabilities: [0.5, 0.6] }, 'out-of-range', 'the probabilities add up to 1.1, expected 1; give ratios otherwise'],
    [[3, 4], { probabilities: [0.5, 0.5 - 1e-7] }, 'out-of-range', 'expected 1; give ratios otherwise'],
  ])('%j %j: %s', (observed, options, code, message) => {
    expect(() => run(observed, options)).toThrow(
      expect.objectContaining({ name: 'StatsError', code, message: expect.stringContaining(message) as string }) as Error,
    )
  })
  test('equal probabilities unless others are given; ratios are probabilities up to a factor; a last digit off 1 is borne', () => {
    const equal = run([3, 9, 4])
    expect(run([3, 9, 4], { ratios: [2, 2, 2] }).pValue).toBeCloseTo(equal.pValue as number, 14)
    expect(run([3, 9, 4], { probabilities: [1 / 3, 1 / 3, 1 / 3] }).pValue).toBeCloseTo(equal.pValue as number, 14)
    expect(run([3, 9, 4], { probabilities: [0.25, 0.5, 0.25 + 1e-10] }).pValue).toBeCloseTo(
      run([3, 9, 4], { ratios: [1, 2, 1] }).pValue as number,
      8,
    )
  })
})
