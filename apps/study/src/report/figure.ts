import { html, Markup } from './html.ts'

/** A chart with what it shows in words; its numbers stand in the table beside it. */
export interface Figure {
  readonly id: string
  readonly title: string
  /** What a reader who cannot see the chart should know. */
  readonly description: string
  /** The chart as an SVG element. */
  readonly svg: string
}

/** The chart as part of the page: an image with a title and a description for everybody. */
export function figure({ id, title, description, svg }: Figure): Markup {
  const labelled = svg
    .replace(/^<svg\b/, `<svg role="img" aria-labelledby="${id}-title ${id}-description" xmlns="http://www.w3.org/2000/svg"`)
    .replace(/>/, `>${html`<title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>`.text}`)
  return html`<figure class="report-figure">
    <figcaption class="nhsuk-heading-s">${title}</figcaption>
    <div class="report-scroll" tabindex="0" role="region" aria-label="${title}, chart">${new Markup(labelled)}</div>
    <p class="nhsuk-body-s">${description}</p>
  </figure>`
}
