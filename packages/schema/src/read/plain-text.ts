// eslint-disable-next-line no-control-regex -- ASCII starts with the control characters
const ascii = /^[\u0000-\u007f]*$/

/** Zero-width signs, soft hyphens and marks of direction, as they come along when a text is copied from a web page or a mail. */
const unseen = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
const dashes = /[\u2010-\u2015\u2212]/g
const apostrophes = /[\u2018-\u201b\u2032\u02bc`´]/g
const quotes = /[\u201c-\u201f\u2033\u00ab\u00bb]/g

/**
 * A text with all evened out that typing programs change on their own: full-width signs, non-breaking blanks and hyphens, dashes,
 * typographic quotes, and signs that are not seen. It is for comparing only; what is kept of an answer is its own words.
 */
export function plainText(text: string): string {
  // Normalising costs more than all the rest, and leaves ASCII as it is.
  const plain = ascii.test(text)
    ? text
    : text
        .replace(unseen, '')
        // Before the normal form, which takes some of them apart.
        .replace(quotes, '"')
        .replace(apostrophes, "'")
        .normalize('NFKC')
        .replace(dashes, '-')
  return plain.trim().replace(/\s+/g, ' ')
}
