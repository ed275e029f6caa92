/** A way of putting things that no text of the package may use. */
export interface WordingFault {
  /** What is wrong with it. */
  readonly code: 'causal-claim' | 'claims-authors-advice' | 'american-spelling' | 'hard-to-read'
  /** The words. */
  readonly words: string
}

/** One survey at one time shows what goes with what, never what brings it about. */
const causal =
  /\b(?:becaus(?:e of)|caus(?:e|es|ed|ing|al)|leads? to|led to|leading to|results? in|resulted in|resulting in|due to|owing to|thanks to|effects? (?:of|on)|affects?|as a result|brings? about|brought about|drives?|driven by|improv(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|boosts?|rais(?:e|es|ed|ing)|prevent(?:s|ed)?|therefore|hence|consequently|responsible for|explains? why|makes? (?:it|them|trusts|teams) (?:more|less|better|worse))\b/i

/** The five recommendations of the article were not seen, so no text may speak for its authors. */
const authorsAdvice =
  /\b(?:authors?|article|paper|study|survey|researchers)\b[^.]*\b(?:recommend\w*|advis\w*|urg\w*|call for|propos\w*)\b|\brecommended by\b|\b(?:five|5) recommendations\b/i

const american =
  /\b(?:\w*(?:organiz|standardiz|prioritiz|digitiz|utiliz|recogniz|summariz|minimiz|maximiz|optimiz|customiz|centraliz|modern?iz)\w*|color\w*|favor\w*|behavior\w*|labor|center\w*|analyz\w*|catalog|fulfill|enrollment|licensed? under the licence|programs)\b/i

/** What is wrong with a text, whoever wrote it: claims that evidence of this kind cannot carry. */
export function claimFaults(text: string): readonly WordingFault[] {
  const faults: WordingFault[] = []
  const cause = causal.exec(text)
  if (cause) faults.push({ code: 'causal-claim', words: cause[0] })
  // To say that they were not seen is the opposite of a claim.
  const claim = /\bnot seen\b/.test(text) ? null : authorsAdvice.exec(text)
  if (claim) faults.push({ code: 'claims-authors-advice', words: claim[0] })
  return faults
}

/** American spelling in a text of ours. */
export function spellingFaults(text: string): readonly WordingFault[] {
  const match = american.exec(text)
  return match ? [{ code: 'american-spelling', words: match[0] }] : []
}
