import { describe, expect, test } from 'vitest'
import { auditPercentage } from '../src/printed-figures/index.ts'

const trusts = { id: 'trusts', base: 226 }
const answered = { id: 'answered', base: 191 }
const digital = { id: 'digital', base: 161 }
const asked = { id: 'asked', base: 159 }

describe('with a count', () => {
  test('the stated base gives the percentage', () => {
    expect(auditPercentage({ percentage: '84.5', count: 191, statedBase: trusts }, [trusts, answered])).toEqual({
      verdict: 'consistent',
      recomputed: 191 / 226,
      fittingBases: [{ id: 'trusts', base: 226, counts: [191] }],
      // 84.513 is 84.5 whichever way it is shortened.
      roundings: ['half-up', 'half-even', 'truncation'],
    })
    // 12.5 is 13, or 12 to the even digit.
    const eighth = { id: 'eighth', base: 8 }
    expect(auditPercentage({ percentage: '13', count: 1, statedBase: eighth }, [])).toMatchObject({
      verdict: 'consistent',
      roundings: ['half-up'],
    })
    expect(auditPercentage({ percentage: '12', count: 1, statedBase: eighth }, [])).toMatchObject({
      verdict: 'consistent',
      roundings: ['half-even', 'truncation'],
    })
  })
  test('only with its digits cut off', () => {
    // 25 of 161 is 15.53.
    expect(auditPercentage({ percentage: '15', count: 25, statedBase: digital }, [digital])).toMatchObject({
      verdict: 'cut-off',
      fittingBases: [],
      roundings: ['truncation'],
    })
  })
  test('another base gives it: misprinted where the stated one is in print, another one where it is implied or missing', () => {
    const printed = { percentage: '69.6', count: 112, statedBase: asked }
    const bases = [asked, digital]
    expect(auditPercentage({ ...printed, baseIs: 'printed' }, bases)).toEqual({
      verdict: 'base-misprinted',
      recomputed: 112 / 159,
      fittingBases: [{ ...digital, counts: [112] }],
      roundings: [],
    })
    expect(auditPercentage({ ...printed, baseIs: 'implied' }, bases).verdict).toBe('other-base')
    expect(auditPercentage(printed, bases).verdict).toBe('other-base')
    expect(auditPercentage({ percentage: '69.6', count: 112, baseIs: 'printed' }, bases)).toMatchObject({
      verdict: 'other-base',
      recomputed: null,
      roundings: [],
    })
    // Even where the stated one would do with its digits cut off.
    expect(auditPercentage({ percentage: '15', count: 25, statedBase: digital }, [{ id: 'larger', base: 165 }]).verdict).toBe('other-base')
  })
  test('no base gives it', () => {
    expect(auditPercentage({ percentage: '71', count: 112, statedBase: asked }, [asked, digital, trusts])).toMatchObject({
      verdict: 'inconsistent',
      fittingBases: [],
      roundings: [],
    })
    expect(auditPercentage({ percentage: '0', count: 0, statedBase: { id: 'nobody', base: 0 } }, [])).toMatchObject({
      verdict: 'inconsistent',
      recomputed: null,
    })
  })
})

describe('without a count', () => {
  test('one count of one base is found', () => {
    expect(auditPercentage({ percentage: '84.5' }, [trusts, { id: 'seven', base: 7 }])).toEqual({
      verdict: 'numerator-found',
      recomputed: null,
      fittingBases: [{ ...trusts, counts: [191] }],
      roundings: [],
    })
  })
  test('several counts of one base, or one of several, are not', () => {
    const thousand = { id: 'thousand', base: 1000 }
    expect(auditPercentage({ percentage: '84' }, [thousand])).toMatchObject({
      verdict: 'numerator-not-determined',
      fittingBases: [{ ...thousand, counts: [835, 836, 837, 838, 839, 840, 841, 842, 843, 844] }],
    })
    expect(
      auditPercentage({ percentage: '50' }, [
        { id: 'a', base: 2 },
        { id: 'b', base: 4 },
      ]).verdict,
    ).toBe('numerator-not-determined')
  })
  test('none', () => {
    expect(auditPercentage({ percentage: '50.5' }, [{ id: 'three', base: 3 }]).verdict).toBe('inconsistent')
    expect(auditPercentage({ percentage: '50' }, []).verdict).toBe('inconsistent')
  })
})
