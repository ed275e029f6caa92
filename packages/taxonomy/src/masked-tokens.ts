import { ADDRESS, BREAK, characterTable } from './character-table.ts'

const fileExtension =
  /[\w-]\.(?:json|html?|xml|csv|js|jsx|ts|tsx|css|scss|py|sql|ps1|psm1|sh|bat|cmd|vbs|php|aspx?|jsp|docx?|xlsx?|xlsm|pptx?|pdf|txt|exe|dll|md|ya?ml|zip|jar|java|cs|vb|rb|go|rs|log|ini|cfg|conf|mdb|accdb|ipynb|rmd|toml|lock|png|jpe?g|gif|svg|msi|bak|dat|db|sqlite|xsd|xslt?|wsdl|swf|rdl|rpt|dtsx|pbix|sln|csproj)$/
const domain =
  /^(?:[a-z][a-z+]*:\/\/|www\.|mailto:)|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|com|org|net|gov|edu|io|eu|info|scot|wales|ie|co|dev|ac|int|nhs)(?::\d+)?(?:[/?#].*)?$/
const email = /^[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+$/
const packageScope = /^@[\w-]+\/[\w.-]+$/
const filePath = /^(?:\/|\.{1,2}\/|~\/|[a-z]:[\\/]|\\\\)[\w.-]+[\\/]/
/** Names that look like hosts or files and are neither. */
const nameWithDot = /^(?:(?:asp|vb|c#|ado|ml|dapper|datatables|paint)\.net|[a-z0-9]{1,14}\.js)$/

/** Tells whether a place of a text lies in a URL, an e-mail address, a file name or a path; asked from left to right. */
export interface TokenMask {
  /** Whether a name lies in a token that is no prose; a name that covers its token (`GOV.UK Notify`) does not. */
  readonly covers: (start: number, end: number) => boolean
}

/** Longest token that is looked at; a longer one is no address. */
const LONGEST_TOKEN = 400

/** The mask of one text; tokens are looked at once each, and only where something was found. */
export function maskedTokens(text: string): TokenMask {
  const table = characterTable()
  let tokenStart = -1
  let tokenEnd = -1
  let masked = false
  return {
    covers(offset, nameEnd) {
      if (offset < tokenEnd) return masked && (offset > tokenStart || nameEnd < tokenEnd)
      let start = offset
      let end = offset
      let seen = 0
      for (; start > 0 && start > tokenEnd && offset - start < LONGEST_TOKEN; start--) {
        const entry = table[text.charCodeAt(start - 1)]!
        if (entry & BREAK) break
        seen |= entry
      }
      for (; end < text.length && end - start < LONGEST_TOKEN; end++) {
        const entry = table[text.charCodeAt(end)]!
        if (entry & BREAK) break
        seen |= entry
      }
      tokenStart = start
      tokenEnd = end
      // Most tokens are words.
      masked = (seen & ADDRESS) !== 0 && isAddress(text.slice(start, end))
      return masked && (offset > tokenStart || nameEnd < tokenEnd)
    },
  }
}

function isAddress(token: string): boolean {
  const lower = token.toLowerCase().replace(/^['"*_`]+|[.,:!?'"*_`]+$/g, '')
  // `Node.js/Vue.js` is a list of names.
  if (nameWithDot.test(lower) || (!lower.includes('://') && lower.split(/[/&+]/).some((part) => nameWithDot.test(part)))) return false
  return domain.test(lower) || email.test(lower) || fileExtension.test(lower) || packageScope.test(lower) || filePath.test(lower)
}
