import { describe, expect, test } from 'vitest'
import { describeText, type OpenSourceFrequency, openSourceStatement } from '../src/index.ts'

const cases: Readonly<Record<OpenSourceFrequency, readonly string[]>> = {
  always: [
    'All of our development is done with open source tools.',
    'Open source is used for everything we build.',
    'Open-source technology: always',
    'The team works exclusively with open source software.',
    'It is our policy to use open source in every project.',
    'We are a fully open source team.',
    '100% open source.',
    'Our entire stack is open source: Linux, PostgreSQL, Python.',
    'Open source by default.',
    'We only use open source technologies.',
    'Everything the team develops is based on open source.',
    'We use open source without exception.',
    'Open source first: all new services are built with open source.',
    'Our developers use open source at all times.',
    'Always open source where we can.',
    'Without exception we build on open source libraries.',
    'Open source is used throughout.',
    'The Trust uses open source wherever it can.',
    'Open source (please tick): always [x] sometimes [ ] never [ ]',
    'We release everything we write as open source.',
    'Everything written since 2016 has been released under the Apache 2.0 licence.',
  ],
  sometimes: [
    'We use open source libraries where appropriate.',
    'Open source components are used occasionally.',
    'Mostly Microsoft, but some open source.',
    'Yes, we use open source software.',
    'A mixture of open source and proprietary.',
    'Open source: sometimes',
    'Not always, but open source is used where it makes sense.',
    'We do use open source, but not exclusively.',
    'Open source used in about half of our projects.',
    'We rarely use open source.',
    'Open source products are considered alongside commercial ones for each project.',
    'Open source software is in use in a small number of areas.',
    'Most of our applications use open source frameworks.',
    'Open source is used on a case by case basis.',
    'We have used open source in one project.',
    'Where possible we use open source.',
    'The trust uses both open source and licensed software.',
    'Q: Does the team use open source? A: Yes, for some web projects.',
    'Do you use open source technology? Yes',
    'Open source tools are sometimes used, never for clinical systems.',
    'We generally use Microsoft tools although open source is used by the web team.',
    'Open source is preferred where there is a supported product.',
    'We use open-source tools such as Python and R.',
    'The website uses WordPress which is open source.',
    'The reporting team use open source (R) whereas the others use Microsoft.',
    'FOSS is used for web development only.',
    'We would only look at open source if nothing on the framework fitted, which has happened twice.',
    '50% of our tools are open source.',
    'Open source: we sometimes use it but have never published.',
    'New services must be published under an open licence. Older ones remain closed.',
  ],
  never: [
    'Our code is kept private.',
    "We don't share our source code.",
    'Do you use open source technology? No',
    'How often does the team use open source? Never.',
    'We do not use open source.',
    'Never use open source software.',
    'The Trust has no open source software.',
    'Open source software is not permitted on the network.',
    'Open source - no',
    'Open source: N/A, we use Microsoft only.',
    'None of the systems are open source.',
    'Not open source.',
    'Open source is never used.',
    'There is no use of open source technologies within the team.',
    "We don't currently use any open source tools.",
    'The Trust avoids open source products for support reasons.',
    'No, we do not use open source technologies.',
    'Our policy does not allow open-source software.',
    'Open source is not something we use.',
    'We have not used any open source to date.',
    'No use is made of open source.',
    'We use proprietary software only, not open source.',
    'Only proprietary software is used.',
    'Open source has never been used here.',
    'Zero open source.',
    'We steer clear of open source.',
    'Open source: N',
    'We would like more open source but at present there is none.',
    'Asked about FOSS, the department said "none".',
    'We only use commercial, licensed software.',
    'Closed source only.',
    'Open source is against policy.',
    'Open source was turned down by the board in 2019.',
    'The Trust has not released any of its code.',
    'Does your organisation: a) always b) sometimes c) never use open source?  c)',
  ],
  unstated: [
    'Do you use open source software always, sometimes or never?',
    "The Trust's counter fraud team uses open source intelligence.",
    'We do not hold information on how often open source is used.',
    'Please state whether the team uses open source technology.',
    'Java, PHP and MySQL.',
    'Open source research was carried out by the investigator on social media.',
    'The policy on open source is under review.',
    'We are considering open source for a future project.',
    'The requester asked about open source.',
    'We intend to publish our code as open source.',
    'An open day will be held; the source of the funding is charitable.',
    'The team plans to adopt open source in 2025.',
    'We have no information about open source use by our suppliers.',
    'Details of open source software are exempt under section 31.',
    'The question about open source was not answered.',
    'We have no policy on open source.',
    'The open source licence permits reuse.',
    'Staff attended an open source conference.',
    'Open source: TBC',
    'Not known whether open source is used or not.',
    'Please tick: open source always [ ] sometimes [ ] never [ ]',
    'By policy open-source and commercial products are considered on equal terms.',
    'Our public code is kept on GitHub.',
    'Sometimes.',
  ],
}

describe('reference values', () => {
  for (const [statement, texts] of Object.entries(cases)) {
    test.each(texts)(`${statement}: %s`, (text) => {
      expect(openSourceStatement(text).statement).toBe(statement)
    })
  }
})

describe('properties', () => {
  test('the words are those of the text', () => {
    const text = 'Java. We always use open source. PHP.'
    const { words, start, end } = openSourceStatement(text)
    expect(text.slice(start ?? 0, end ?? 0)).toBe(words)
    expect(words).toContain('always use open source')
  })

  test('a text without a statement has no words', () => {
    expect(openSourceStatement('Java')).toEqual({ statement: 'unstated', words: null, start: null, end: null })
  })

  test('a text that is known to answer the question needs no words about open source', () => {
    const read = (text: string) => openSourceStatement(text, { isAnswer: true }).statement
    expect(['Always.', 'Rarely, and then only libraries', 'No', 'Yes: Linux', 'Not held'].map(read)).toEqual([
      'always',
      'sometimes',
      'never',
      'sometimes',
      'unstated',
    ])
  })

  test('what the technologies imply is kept apart', () => {
    expect(describeText('PostgreSQL and SQL Server')).toMatchObject({
      openSource: { statement: 'unstated' },
      openSourceTechnologies: ['postgresql'],
    })
  })
})
