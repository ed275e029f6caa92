/** Symbol of everything that stands in no name. */
const NO_SYMBOL = 0
/** Symbol shared by space, hyphen and underscore. */
export const SEPARATOR = 1
/** Bits of an entry that hold its symbol, one of 64. */
export const SYMBOL_MASK = 63
/** Bit of an entry whose character belongs to words. */
export const WORD = 64
/** Bit of an entry whose character may end a sentence. */
export const STOP = 128
/** Bit of an entry whose character is left out of names: trade mark signs, soft hyphens, zero-width spaces. */
export const IGNORED = 256
/** Bit of an entry whose character is white space. */
export const SPACE = 512
/** Bit of an entry whose character may be followed by a name although it is no word character (`.NET`). */
export const OPENER = 1024
/** Bit of a digit. */
export const DIGIT = 2048
/** Bit of an upper-case letter. */
export const UPPER = 4096

/** Bit of a letter that has a symbol. */
export const LETTER = 8192
/** Bit of a sign that ends the tokens in which addresses and file names are looked for. */
export const BREAK = 16384
/** Bit of a sign that addresses, paths and file names have. */
export const ADDRESS = 32768

const punctuation = '#+.,/&*!()\'$:;?%@"<>[]{}|=~\\'
const accents: Readonly<Record<string, string>> = {
  a: 'àáâãäåāăą',
  c: 'çćĉč',
  e: 'èéêëēĕėęě',
  i: 'ìíîïĩīĭįı',
  n: 'ñńņň',
  o: 'òóôõöøōŏő',
  u: 'ùúûüũūŭůűų',
  y: 'ýÿŷ',
  s: 'śŝşš',
  z: 'źżž',
}
/** Signs that are written instead of an ASCII one. */
const substitutes: Readonly<Record<string, string>> = {
  '♯': '#',
  '＃': '#',
  '＋': '+',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '‑': '-',
  '／': '/',
}

let table: Uint16Array | undefined

function build(): Uint16Array {
  const entries = new Uint16Array(65536)
  // Letters of scripts that stand in no name still make words; the blocks of punctuation, symbols and halves of surrogate pairs do not.
  entries.fill(WORD, 0xaa)
  for (const [from, to] of [
    [0xab, 0xb4],
    [0xb6, 0xb9],
    [0xbb, 0xbf],
    [0xd7, 0xd7],
    [0xf7, 0xf7],
    [0x2000, 0x2bff],
    [0x3000, 0x303f],
    [0xd800, 0xf8ff],
    [0xfe00, 0xfe6f],
    [0xff00, 0xff0f],
    [0xff1a, 0xff20],
  ] as const) {
    entries.fill(NO_SYMBOL, from, to + 1)
  }
  for (let letter = 0; letter < 26; letter++) {
    entries[97 + letter] = (2 + letter) | WORD | LETTER
    entries[65 + letter] = (2 + letter) | WORD | LETTER | UPPER
  }
  for (let digit = 0; digit < 10; digit++) entries[48 + digit] = (28 + digit) | WORD | DIGIT
  for (let index = 0; index < punctuation.length; index++) entries[punctuation.charCodeAt(index)] = index < 16 ? 38 + index : NO_SYMBOL
  for (const [letter, forms] of Object.entries(accents)) {
    for (const form of forms) {
      entries[form.charCodeAt(0)] = (letter.charCodeAt(0) - 95) | WORD | LETTER
      const capital = form.toUpperCase()
      if (capital.length === 1) entries[capital.charCodeAt(0)] = (letter.charCodeAt(0) - 95) | WORD | LETTER | UPPER
    }
  }
  for (const character of ' \t\v\f\u00a0\u2002\u2003\u2007\u2009\u202f\u3000') entries[character.charCodeAt(0)] = SEPARATOR | SPACE | BREAK
  for (const character of '\n\r\u2028\u2029') entries[character.charCodeAt(0)] = SEPARATOR | SPACE | STOP | BREAK
  entries[45] = SEPARATOR
  entries[95] = SEPARATOR | WORD
  for (const [sign, ascii] of Object.entries(substitutes)) entries[sign.charCodeAt(0)] = entries[ascii.charCodeAt(0)] ?? NO_SYMBOL
  for (const character of '™®©℠\u00ad\u200b\u200c\u200d\u2060\ufeff') entries[character.charCodeAt(0)] = IGNORED
  // Accents that follow their letter.
  entries.fill(IGNORED, 0x300, 0x370)
  for (const character of '.?!;') entries[character.charCodeAt(0)] = (entries[character.charCodeAt(0)] ?? 0) | STOP
  for (const character of '.(') entries[character.charCodeAt(0)] = (entries[character.charCodeAt(0)] ?? 0) | OPENER
  for (const character of ',;()<>"|[]{}\u2022') entries[character.charCodeAt(0)]! |= BREAK
  for (const character of '.@\\:/~') entries[character.charCodeAt(0)]! |= ADDRESS
  return entries
}

/** What each UTF-16 code unit is: its symbol in names, and whether it belongs to words; built at the first call. */
export function characterTable(): Uint16Array {
  table ??= build()
  return table
}

/** A character for each symbol, for keys. */
const keyCharacters = Array.from({ length: SYMBOL_MASK + 1 }, (_, symbol) => String.fromCharCode(symbol))

/**
 * A name as the symbols that the automaton reads, one character each: letters without case and accents, one separator for any run of them.
 *
 * `null` for a name with a character that no name may hold.
 */
export function symbolsOf(name: string): string | null {
  const entries = characterTable()
  let key = ''
  let separated = false
  for (let index = 0; index < name.length; index++) {
    const entry = entries[name.charCodeAt(index)]!
    if (entry & IGNORED) continue
    const symbol = entry & SYMBOL_MASK
    if (symbol === NO_SYMBOL) return null
    if (symbol === SEPARATOR) {
      separated = key !== ''
      continue
    }
    if (separated) key += keyCharacters[SEPARATOR]!
    separated = false
    key += keyCharacters[symbol]!
  }
  return key
}

/** A key that two names share where the automaton cannot tell them apart. */
export function foldedKey(name: string): string {
  return symbolsOf(name) ?? ''
}
