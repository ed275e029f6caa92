/** A way of putting things that no text of the package may use. */
export interface WordingFault {
  /** What is wrong with it. */
  readonly code: 'causal-claim' | 'claims-authors-advice' | 'american-spelling' | 'hard-to-read'
  /** The words. */
  readonly words: string
}

/**
 * One survey at one time shows what goes with what, never what brings it about. Verbs of effect in the forms that state one (“reduces”,
 * “has improved”), and the words that join a cause to what follows; “could save” and “to improve” say what is hoped for and state nothing.
 */
const causal = new RegExp(
  [
    // Joining words.
    String.raw`\b(?:because|due to|owing to|thanks to|as a (?:direct )?(?:result|consequence)|therefore|thereby|hence|thus|consequently|so that)\b`,
    String.raw`\b(?:responsible for|attribut(?:able|ed) to|down to the|the reasons? (?:why|for)|explain(?:s|ed)? (?:why|the|most|much|this)|accounts? for)\b`,
    // Verbs that are causal in any form.
    String.raw`\b(?:caus(?:e|es|ed|ing|al|ally|ation)|lead(?:s|ing)? to|led to|result(?:s|ed|ing)? (?:in|from)|bring(?:s|ing)? about|brought about)\b`,
    String.raw`\b(?:give[sn]? rise to|gave rise to|stem(?:s|med|ming)? from|contribut(?:es?|ed|ing) to|(?:has|have|had|an|the|no|its|positive|negative) (?:effect|impact|influence)s? (?:of|on))\b`,
    String.raw`\b(?:effects? (?:of|on)|impacts? on|affect(?:s|ed|ing)?|impacted|influenc(?:es|ed|ing)|trigger(?:s|ed|ing)?|foster(?:s|ed|ing)?)\b`,
    // Verbs of change, where they state it.
    String.raw`\b(?:driv(?:es|en|ing)|drove|drivers? of|improv(?:es|ed|ing|ements?)|enhanc(?:es|ed|ing)|boost(?:s|ed|ing)?|reduc(?:es|ed|ing|tions?)|decreas(?:es|ed|ing)|increas(?:es|ed|ing))\b`,
    String.raw`\b(?:rais(?:es|ed|ing)|lower(?:s|ed|ing)|prevent(?:s|ed|ing)?|enabl(?:es|ed|ing)|ensur(?:es|ed|ing)|guarantee(?:s|d|ing)?|strengthen(?:s|ed|ing)|weaken(?:s|ed|ing)|accelerat(?:es|ed|ing))\b`,
    String.raw`\b(?:speed(?:s|ing)? up|sped up|slow(?:s|ed|ing) down|hinder(?:s|ed|ing)|hamper(?:s|ed|ing)|generat(?:es|ed|ing)|produces|yield(?:s|ed|ing)|promot(?:es|ed|ing)|determin(?:es|ed|ing)|saves|helps|means that)\b`,
    String.raw`\b(?:make[s]?|making|made) (?:it|them|the \w+|a \w+|\w+s) (?:more|less|better|worse|easier|harder|faster|safer|cheaper|possible)\b`,
    // “Improve” and its like state an effect where their subject is the thing advised and not the reader.
    String.raw`\b(?:will|does|do|can) (?:\w+ly )?(?:improve|reduce|increase|decrease|boost|raise|lower|enable|ensure|drive|enhance|strengthen|save)\b`,
  ].join('|'),
  'i',
)

/** The five recommendations of the article were not seen, so no text may speak for its authors. */
const authorsAdvice = new RegExp(
  [
    String.raw`\b(?:authors?|article|paper|study|survey|researchers|publication|Bennion(?: et al\.?)?)\b[^.]*\b(?:recommend\w*|advi[sc]\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? for|propos\w*|suggest\w*)\b`,
    String.raw`\b(?:recommend\w*|advi[sc]e[ds]?|urged|proposed|suggested) (?:\w+ )?(?:by|of|in|from) (?:the |its |their )?(?:authors?|article|paper|study|survey|researchers|publication|Bennion)\b`,
    String.raw`\brecommended by\b|\baccording to the (?:authors?|article|paper|study)\b`,
    String.raw`\b(?:five|5) (?:\w+ )?(?:recommendations|pieces of advice)\b|\brecommendation (?:[1-5]|one|two|three|four|five)\b(?: of (?:5|five))?`,
  ].join('|'),
  'i',
)

/** American spelling; -ize with the few words that are spelt so everywhere taken out. */
const american = new RegExp(
  [
    String.raw`\b(?!\w*(?:siz|priz|seiz|capsiz)(?:e[ds]?|ing)\b)\w+(?:iz(?:e[ds]?|ing|ations?|ers?)|yz(?:e[ds]?|ing))\b`,
    String.raw`\b(?:color|favor|behavior|honor|labor|neighbor|humor|rumor|vigor)(?:s|ed|ing|al|able|ite|ites)?\b`,
    String.raw`\b(?:center(?:s|ed|ing)?|fiber|meter(?:s)?|theater|catalogs?|dialogs?|analog|programs|defense|offense|gray|fulfill?ment|fulfills?|enrollment|judgment|skillful|artifacts?|aging|acknowledgment|modeling|labeled|labeling|canceled|traveled|licensed under the license)\b`,
  ].join('|'),
  'i',
)

/** What is wrong with a text, whoever wrote it: claims that evidence of this kind cannot carry. */
export function claimFaults(text: string): readonly WordingFault[] {
  const faults: WordingFault[] = []
  const cause = causal.exec(text)
  if (cause) faults.push({ code: 'causal-claim', words: cause[0] })
  // To say that they were not seen is the opposite of a claim.
  const claim = authorsAdvice.exec(text.replaceAll(/[^.]*\bnot seen\b[^.]*\.?/g, ''))
  if (claim) faults.push({ code: 'claims-authors-advice', words: claim[0] })
  return faults
}

/** American spelling in a text of ours. */
export function spellingFaults(text: string): readonly WordingFault[] {
  const match = american.exec(text)
  return match ? [{ code: 'american-spelling', words: match[0] }] : []
}
