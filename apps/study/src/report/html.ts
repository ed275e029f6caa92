/** HTML that is safe to put on a page: made by {@link html}, which escapes everything else. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | null | undefined | Markup | readonly Part[]

/** Joins a template into HTML; whatever is put in is text and stays text, unless it is {@link Markup} itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, i) => string + (i < parts.length ? render(parts[i]) : '')).join(''))
}

function render(part: Part): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (Array.isArray(part)) return (part as readonly Part[]).map(render).join('')
  return escapeText(typeof part === 'number' ? String(part) : (part as string))
}

/** Text with the signs that HTML would read escaped. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
