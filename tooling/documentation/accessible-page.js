/**
 * Makes of TypeDoc's markup what assistive technology needs: landmarks, a way past the navigation, headings without gaps,
 * and no link inside of what opens and closes. Fails where the markup is not as expected, so that an update is noticed.
 */
export function accessible(html) {
  const page = [
    [/<body>/, '<body><a class="skip-link" href="#content">Skip to the content</a>'],
    [/<div class="col-content">/, '<main class="col-content" id="content" tabindex="-1">'],
    [/<\/div>\s*<div class="col-sidebar">/, '</main>\n<aside class="col-sidebar" aria-label="This page and this site">'],
    [/<\/div>\s*<footer>/, '</aside></div><footer>'],
    [/<nav class="tsd-navigation">/, '<nav class="tsd-navigation" aria-label="Site">'],
    [/<a href="#" class="tsd-widget menu" id="tsd-toolbar-menu-trigger"/, '$& role="button"'],
  ].reduce(replaced, html)
  return withoutHeadingGaps(withoutNestedLinks(withScrollingTables(withOneTitle(page))))
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll(/<aside class="tsd-sources">(.*?)<\/aside>/gs, '<div class="tsd-sources">$1</div>')
    .replaceAll('href="source/', `href="${baseOf(html)}source/`)
    .replaceAll('href="../"', 'href="../index.html"')
}

function replaced(html, [expected, replacement]) {
  if (!expected.test(html)) throw new Error(`TypeDoc's pages no longer have ${expected}`)
  return html.replace(expected, replacement)
}

const baseOf = (html) => /data-base="([^"]*)"/.exec(html)[1].replace(/^\.\/$/, '')

/** The heading of a README below the page's own title is the same once more; its anchor goes to the title. */
const withOneTitle = (html) => html.replace(/<h1>(.*?)<\/h1>(.*?)<h1 id="([^"]*)".*?<\/h1>/s, '<h1 id="$3">$1</h1>$2')

/** A wide table scrolls by itself, by keyboard as well; what can be scrolled to by its name needs a name of its own. */
function withScrollingTables(html) {
  let number = 0
  return html.replace(/<table>.*?<\/table>/gs, (table) => {
    number += 1
    return `<div class="table" tabindex="0" role="region" aria-label="Table ${number}">${table}</div>`
  })
}

/** A permanent link inside a summary could not be reached without opening and closing it; the heading keeps its anchor. */
const withoutNestedLinks = (html) =>
  html.replace(/<summary[^>]*>.*?<\/summary>/gs, (summary) => summary.replace(/<a [^>]*class="tsd-anchor-icon">.*?<\/a>/gs, ''))

/** Says of each heading that jumps a level which level it has in fact; how it looks stays. */
function withoutHeadingGaps(html) {
  const open = []
  return html.replace(/<h([1-6])(?=[ >])/g, (tag, digit) => {
    const level = Number(digit)
    while (open.length > 0 && open.at(-1) >= level) open.pop()
    open.push(level)
    return open.length === level ? tag : `${tag} aria-level="${open.length}"`
  })
}
