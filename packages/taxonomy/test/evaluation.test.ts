import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readLabelledTexts } from '../evaluation/read-labelled-texts.ts'
import { classifyText, coderTable, describeText, evaluate, findTechnology, type LabelledText, openSourceStatement } from '../src/index.ts'

const packageDirectory = path.join(import.meta.dirname, '..')
const gold = readLabelledTexts(path.join(packageDirectory, 'evaluation/gold.jsonl'))
/** Every second text; the rules were looked at against the others alone. */
const heldOut = gold.filter((_text, index) => index % 2 === 1)

describe('reference values', () => {
  test('the gold set is large and half of it names nothing', () => {
    expect(gold.length).toBeGreaterThanOrEqual(300)
    const empty = gold.filter(({ mentioned }) => mentioned.length === 0).length
    expect(empty / gold.length).toBeGreaterThan(0.45)
    for (const { mentioned } of gold) for (const id of mentioned) expect(findTechnology(id), id).toBeDefined()
  })

  test.each([
    ['all texts', gold],
    ['the half that no rule was looked at against', heldOut],
  ])('%s: named, disclosed, silence', (_name, texts) => {
    const { named, disclosed, emptyTextHitRate } = evaluate(texts, classifyText)
    expect(named.f1).toBeGreaterThanOrEqual(0.97)
    expect(named.precision).toBeGreaterThanOrEqual(0.98)
    expect(disclosed.f1).toBeGreaterThanOrEqual(0.96)
    expect(emptyTextHitRate).toBeLessThanOrEqual(0.02)
  })

  test('open-source statements: nine of ten right, among all texts and among those that say something', () => {
    const share = (texts: readonly LabelledText[]): number =>
      texts.filter(({ text, openSource }) => openSourceStatement(text).statement === openSource).length / texts.length
    const labelled = gold.filter(({ openSource }) => openSource !== undefined)
    expect(share(labelled)).toBeGreaterThanOrEqual(0.9)
    expect(
      share(labelled.filter(({ text, openSource }) => openSource !== 'unstated' || /open[\s-]?source/i.test(text))),
    ).toBeGreaterThanOrEqual(0.9)
  })

  test('statements about open source by three authors: nineteen of twenty right, of each kind', () => {
    const statements = readLabelledTexts(path.join(packageDirectory, 'evaluation/open-source.jsonl'))
    expect(statements).toHaveLength(300)
    for (const kind of ['always', 'sometimes', 'never', 'unstated'] as const) {
      const labelled = statements.filter(({ openSource }) => openSource === kind)
      const right = labelled.filter(({ text }) => openSourceStatement(text).statement === kind)
      expect(right.length / labelled.length, kind).toBeGreaterThanOrEqual(0.95)
    }
  })

  test('interoperability in the wide reading', () => {
    const labelled = gold.filter(({ gold: ids }) => ids.length > 0)
    const right = labelled.filter(
      ({ text, gold: ids }) =>
        describeText(text).interoperability.wide === ids.some((id) => (findTechnology(id)?.interoperability ?? null) !== null),
    )
    expect(right.length / labelled.length).toBeGreaterThanOrEqual(0.95)
  })

  const publicFile = path.join(packageDirectory, '../../../shared/taxonomy/eval_public.jsonl')
  // Its real quotations may not be copied into the repository, so it is read where it happens to be.
  test.skipIf(!existsSync(publicFile))('the public evaluation texts (skipped where ../shared is missing)', () => {
    const { named, disclosed, emptyTextHitRate } = evaluate(readLabelledTexts(publicFile), classifyText)
    expect(named.f1).toBeGreaterThanOrEqual(0.97)
    expect(named.precision).toBeGreaterThanOrEqual(0.98)
    expect(disclosed.f1).toBeGreaterThanOrEqual(0.96)
    expect(emptyTextHitRate).toBeLessThanOrEqual(0.02)
  })
})

describe('properties', () => {
  const texts: readonly LabelledText[] = [
    { id: '1', text: 'Java, no PHP', gold: ['java'], mentioned: ['java', 'php'], status: { php: 'negated' } },
    { id: '2', text: 'nothing here', gold: [], mentioned: [] },
    { id: '3', text: 'Drupal', gold: ['wordpress'], mentioned: ['wordpress'] },
  ]

  test('counts by technology, category and status add up, and each disagreement is listed', () => {
    const { named, byTechnology, byCategory, byStatus, disagreements } = evaluate(texts, classifyText, {
      categoryOf: (id) => findTechnology(id)?.category,
    })
    expect([named.truePositives, named.falsePositives, named.falseNegatives]).toEqual([2, 1, 1])
    for (const groups of [byTechnology, byCategory]) expect(groups.reduce((sum, { truePositives }) => sum + truePositives, 0)).toBe(2)
    expect(byCategory.map(({ group }) => group)).toEqual(['cms', 'programming-language'])
    expect(byStatus).toEqual([
      { group: 'disclosed', precision: 1, recall: 1, f1: 1, truePositives: 1, falsePositives: 0, falseNegatives: 0 },
      { group: 'negated', precision: 1, recall: 1, f1: 1, truePositives: 1, falsePositives: 0, falseNegatives: 0 },
    ])
    expect(disagreements).toEqual([
      { textId: '3', technologyId: 'wordpress', labelled: 'disclosed', found: 'absent', words: null },
      { textId: '3', technologyId: 'drupal', labelled: 'absent', found: 'used', words: 'Drupal' },
    ])
  })

  test('measures without a base are null', () => {
    expect(evaluate([], classifyText)).toMatchObject({
      texts: 0,
      named: { precision: null, recall: null, f1: null },
      emptyTextHitRate: null,
      openSourceAccuracy: null,
    })
  })

  test('the table of two coders counts each text and technology once', () => {
    const table = coderTable(texts, texts)
    expect(table.labels).toEqual(['disclosed', 'negated'])
    expect(table.counts).toEqual([
      [2, 0],
      [0, 1],
    ])
  })
})

describe('the command', () => {
  const run = (args: readonly string[], cwd: string) =>
    execFileSync(process.execPath, ['--import', 'tsx', '--conditions=@open-digital-capability/source', 'evaluation/evaluate.ts', ...args], {
      cwd: packageDirectory,
      env: { ...process.env, INIT_CWD: cwd },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const directory = mkdtempSync(path.join(tmpdir(), 'evaluate-'))
  const statusOf = (args: readonly string[]): number | null => {
    try {
      run(args, directory)
      return 0
    } catch (error) {
      return (error as { status: number | null }).status
    }
  }

  test('prints the measures of a file named from where it was typed', () => {
    writeFileSync(
      path.join(directory, 'texts.jsonl'),
      readFileSync(path.join(packageDirectory, 'evaluation/gold.jsonl'), 'utf8').split('\n').slice(0, 20).join('\n'),
    )
    const printed = JSON.parse(run(['texts.jsonl'], directory)) as Record<string, unknown>
    expect(Object.keys(printed)).toEqual(['texts', 'named', 'disclosed', 'emptyTextHitRate', 'falseHits', 'misses'])
    expect(printed['texts']).toBe(20)
    expect(Object.keys(printed['named'] as object)).toEqual(['precision', 'recall', 'f1'])
  })

  test('a byte order mark, other line ends, empty lines and missing fields do no harm', () => {
    writeFileSync(
      path.join(directory, 'windows.jsonl'),
      '\ufeff{"text":"Java, no PHP","gold":["java"],"mentioned":["java","php"]}\r\n\r\n{"text":"Our own","gold":["no-such-thing"]}\r\n',
    )
    expect(JSON.parse(run([path.join(directory, 'windows.jsonl')], tmpdir()))).toMatchObject({
      texts: 2,
      named: { precision: 1, recall: 2 / 3 },
      misses: [{ id: '3', technology: 'no-such-thing', labelled: 'disclosed', found: 'absent' }],
    })
  })

  test('a fault is named with its line', () => {
    writeFileSync(path.join(directory, 'broken.jsonl'), '{"text":"Java","gold":["java"]}\n{"text":"Java"\n')
    expect(() => run(['broken.jsonl'], directory)).toThrow(/broken\.jsonl, line 2: /)
    writeFileSync(path.join(directory, 'empty.jsonl'), '\n')
    expect(() => run(['empty.jsonl'], directory)).toThrow(/empty\.jsonl holds no texts/)
    expect(() => run(['missing.jsonl'], directory)).toThrow(/cannot read .*missing\.jsonl: there is no such file/)
  })

  test('exit codes: 2 for wrong usage, 3 for a file that cannot be read', () => {
    writeFileSync(path.join(directory, 'bad.jsonl'), '{"text": 1}\n')
    expect(statusOf([])).toBe(2)
    expect(statusOf(['missing.jsonl'])).toBe(3)
    expect(statusOf(['bad.jsonl'])).toBe(3)
    rmSync(directory, { recursive: true })
  })
})
