import { Application, IndexEvent, PageEvent, RendererEvent } from 'typedoc'
import { accessible } from './accessible-page.js'
import { addEquivalents } from './equivalents.js'
import { nameDocuments } from './named-documents.js'
import { linkNames, linkOtherEntries } from './linked-names.js'
import { writeMachineReadable } from './machine-readable.js'
import { sortIntoChapters } from './chapters.js'
import { addSearchFields, searchByWords } from './search.js'
import { SiteRouter } from './site-router.js'
import { SiteTheme } from './site-theme.js'
import { linkSources, writeSourcePages } from './source-pages.js'

/**
 * What the documentation site has beyond TypeDoc's own: guides by their titles, chapters, the index of equivalents in R
 * and SciPy, the sources as pages, `llms.txt` and `api.json`, and pages that assistive technology can read.
 *
 * @param {Application} app
 */
export function load(app) {
  app.renderer.defineTheme('site', SiteTheme)
  app.renderer.defineRouter('site', SiteRouter)

  // Before TypeDoc sorts what the packages were merged into.
  app.on(
    Application.EVENT_PROJECT_REVIVE,
    (project) => {
      nameDocuments(project)
      addEquivalents(project)
      sortIntoChapters(project)
      linkOtherEntries(project)
      linkSources(project)
    },
    100,
  )
  app.renderer.on(IndexEvent.PREPARE_INDEX, addSearchFields)
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = accessible(linkNames(page.contents, page, app.renderer.router))
  })
  // After TypeDoc has written its own scripts.
  app.renderer.on(
    RendererEvent.END,
    (event) => {
      writeSourcePages(event)
      writeMachineReadable(event, app.renderer.router)
      searchByWords(event)
    },
    -100,
  )
}
