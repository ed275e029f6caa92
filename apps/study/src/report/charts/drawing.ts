import { plot, type PlotOptions } from '@observablehq/plot'
import { parseHTML } from 'linkedom'

/** Colours that stay apart for readers who see few of them, each at least 3 : 1 against white. */
export const colours = { main: '#1f5fa8', other: '#a04a00', faint: '#768692', text: '#212b32' } as const

/** Draws a plot without a browser; the same options give the same text. */
export function draw(options: PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const drawn = plot({
    ...options,
    document: document,
    style: { color: colours.text, fontSize: '15px', ...(options.style as object) },
  })
  const svg = drawn.tagName.toLowerCase() === 'svg' ? drawn : drawn.querySelector('svg:last-of-type')
  // Plot lists its styles in an element that repeats in every chart; the page gives the font once.
  // It also names its groups for readers of the source, where assistive technology allows no name.
  return (svg as Element).outerHTML.replace(/ xmlns="[^"]*"/, '').replace(/(<g[^>]*?) aria-label="[^"]*"/g, '$1')
}
