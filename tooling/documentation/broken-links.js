import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const decode = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
const attributes = (html, names) => [...html.matchAll(new RegExp(`[\\s"](?:${names})="([^"]*)"`, 'g'))].map(([, value]) => decode(value))

/** Pages written for programs are looked at too: their links are those of Markdown. */
const linksOf = (file, text) =>
  file.endsWith('.txt')
    ? [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target)
    : attributes(text, 'href|src').filter((target) => target !== '')

/**
 * Every link of a site that leads nowhere, as `page → link: why`. A link within the site needs its page and its anchor; of one that leads
 * away only the form is looked at, so that nothing is asked of the network.
 */
export function brokenLinks(site) {
  const files = readdirSync(site, { recursive: true }).filter((file) => /\.(html|txt)$/.test(file))
  const anchors = new Map()
  const anchorsOf = (file) => {
    if (!anchors.has(file)) anchors.set(file, new Set(attributes(readFileSync(file, 'utf8'), 'id')))
    return anchors.get(file)
  }
  const broken = []
  for (const file of files) {
    for (const link of new Set(linksOf(file, readFileSync(path.join(site, file), 'utf8')))) {
      const because = faultOf(link, path.join(site, file), site, anchorsOf)
      if (because !== undefined) broken.push(`${file} → ${link}: ${because}`)
    }
  }
  return { pages: files.length, broken }
}

function faultOf(link, from, site, anchorsOf) {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return externalFault(link)
  const [address, anchor] = link.split('#').map(decodeURIComponent)
  const target = address === '' ? from : path.resolve(path.dirname(from), address)
  if (path.relative(site, target).startsWith('..')) return 'leads out of the site'
  if (!existsSync(target)) return 'no such page'
  if (statSync(target).isDirectory()) return 'a folder, which shows no page without a server'
  if (anchor !== undefined && anchor !== '' && /\.html$/.test(target) && !anchorsOf(target).has(anchor)) return 'no such anchor'
  return undefined
}

function externalFault(link) {
  if (!URL.canParse(link)) return 'no address'
  const { protocol, hostname } = new URL(link)
  if (!['https:', 'http:', 'mailto:'].includes(protocol)) return `${protocol} is not of the web`
  if (/(^|\.)(invalid|example|localhost|local)$/.test(hostname)) return 'a host that does not exist'
  return undefined
}
