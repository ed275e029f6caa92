import { type CohortRecommendations } from '../analysis/cohort-recommendations.ts'
import { html, type Markup } from './html.ts'

const statusText = { applies: 'Applies', 'already-met': 'Already met', 'not-applicable': 'Not applicable', unknown: 'Not decided' } as const

/** The recommendations as a board: those that apply first, each with its grade, its paragraph and its whole trace. */
export function recommendationBoard({ model, asOf, recommendations }: CohortRecommendations): Markup {
  return html`<p>
      Made by the rules of the model ${model.id} ${model.version}${asOf === null ? '' : `, as of ${asOf}`}. They are ours, and not the five
      recommendations of the article, whose text was not available; themes and barriers are named by the authors.
    </p>
    <p>
      Evidence is graded E0 (none), E1 (said but not shown), E2 (counted in one survey), E3 (groups compared) or E4 (confirmed by another
      source). Certainty says how far the figures themselves can be relied on: how many answered, how old they are, whether a base fits.
    </p>
    <ul class="report-board">
      ${recommendations.map(
        ({ recommendation, explanation }) =>
          html`<li>
            <h3 class="nhsuk-heading-s">${explanation.title}</h3>
            <p>
              <span class="report-tag">${recommendation.blocked ? 'Waits for a person' : statusText[recommendation.status]}</span>
              <span class="report-tag">evidence ${recommendation.grade}</span>
              <span class="report-tag">certainty ${recommendation.certainty.level}</span>
            </p>
            <p>${explanation.sentence.text}</p>
            <details class="nhsuk-details">
              <summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">Why, and from which numbers</span></summary>
              <div class="nhsuk-details__text">
                ${explanation.paragraph.map(({ text }) => html`<p>${text}</p>`)}
                <ul>
                  ${explanation.trace.map((line) => html`<li>${line}</li>`)}
                </ul>
              </div>
            </details>
          </li>`,
      )}
    </ul>`
}
