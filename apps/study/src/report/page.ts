import { styles } from './generated/styles.ts'
import { html, Markup } from './html.ts'

/** A part of the report with its own heading. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Markup
}

/** What a report page is made of. */
export interface Page {
  readonly title: string
  readonly standfirst: string
  readonly isSynthetic: boolean
  readonly summary: readonly string[]
  readonly sections: readonly Section[]
}

/** One self-contained page: no network, no script, readable on a phone and on paper. */
export function page({ title, standfirst, isSynthetic, summary, sections }: Page): string {
  const body = html`<a class="nhsuk-skip-link" href="#content">Skip to the report</a>
    <header class="report-banner">
      <div class="nhsuk-width-container">
        <h1 class="nhsuk-heading-xl">${title}</h1>
        <p>${standfirst}</p>
        ${isSynthetic ? html`<p class="report-synthetic">Synthetic data. Everything below is made up to equal given margins and says nothing about any real organisation.</p>` : null}
      </div>
    </header>
    <div class="nhsuk-width-container">
      <main id="content" class="nhsuk-main-wrapper">
        <section aria-labelledby="summary">
          <h2 id="summary" class="nhsuk-heading-l">Summary</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            ${summary.map((point) => html`<li>${point}</li>`)}
          </ul>
        </section>
        <nav class="report-contents" aria-label="Contents">
          <h2 class="nhsuk-heading-m">Contents</h2>
          <ol>
            ${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}
          </ol>
        </nav>
        ${sections.map(
          ({ id, title: name, body: content }) =>
            html`<section aria-labelledby="${id}">
              <h2 id="${id}" class="nhsuk-heading-l">${name}</h2>
              ${content}
            </section>`,
        )}
      </main>
    </div>
    <footer class="nhsuk-width-container">
      <p class="nhsuk-body-s">Made with open-digital-capability. Not affiliated with or endorsed by the NHS.</p>
    </footer>`
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:" />
        <title>${title}</title>
        ${new Markup(`<style>${styles}</style>`)}
      </head>
      <body>
        ${body}
      </body>
    </html>`.text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n')
}
