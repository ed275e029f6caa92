import { defineQuestionnaire } from './define-questionnaire.ts'

const team = { question: 'hasTeam', is: 'yes' } as const

const questionnaire = defineQuestionnaire({
  id: 'digitalCapability',
  title: 'Digital capability, open-source use and interoperability standards',
  about:
    'After the survey of NHS trusts in England in Bennion et al., JMIR Hum Factors 2025;12:e66398. The wording of the original questions is not known; the wording here is ours.',
  respondents: { identifiedBy: 'ods-code', aliases: ['ODS code', 'organisation code', 'trust code', 'org code'] },
  groups: [
    { id: 'trustType', label: 'Type of trust', aliases: ['type', 'type group', 'trust type'] },
    { id: 'region', label: 'NHS England region', aliases: ['nhs region', 'region name'] },
    { id: 'fundingGroup', label: 'Funding group', values: ['funded', 'other'], aliases: ['GDE', 'gde group', 'funding'] },
  ],
  questions: [
    {
      id: 'hasTeam',
      kind: 'yes-no',
      wording: 'Does the trust have a software and app development, website or innovation team?',
      wordingBy: 'ours',
      aliases: ['team', 'has team'],
    },
    {
      id: 'frontFacing',
      kind: 'yes-no',
      wording: 'Does the team develop websites or apps that the public uses?',
      wordingBy: 'ours',
      askedIf: team,
      aliases: ['front facing', 'front-facing sites or apps'],
    },
    {
      id: 'clinicalStaff',
      kind: 'yes-no',
      wording: 'Does the team work with clinical staff on their ideas?',
      wordingBy: 'ours',
      askedIf: team,
      aliases: ['clinical staff', 'works with clinical staff'],
    },
    {
      id: 'developsForOthers',
      kind: 'yes-no',
      wording: 'Does the team develop for other trusts or external organisations?',
      wordingBy: 'ours',
      askedIf: team,
      aliases: ['for others', 'develops for others'],
    },
    {
      id: 'innovationGrant',
      kind: 'yes-no',
      wording: 'Has the team tried to obtain an innovation grant?',
      wordingBy: 'ours',
      askedIf: team,
      aliases: ['grant', 'innovation grant'],
    },
    {
      id: 'disclosedTechnologies',
      kind: 'yes-no',
      wording: 'Did the trust disclose the technologies that the team uses?',
      wordingBy: 'ours',
      help: 'Filled in by the researcher from what came back, not by the trust.',
      askedIf: team,
      aliases: ['disclosed', 'disclosed technologies'],
    },
    {
      id: 'technologies',
      kind: 'technologies',
      wording: 'Which programming languages, frameworks, databases, standards and other technologies does the team use?',
      wordingBy: 'ours',
      askedIf: { all: [team, { question: 'disclosedTechnologies', is: 'yes' }] },
      aliases: ['tech', 'technologies used'],
    },
    {
      id: 'openSource',
      kind: 'frequency',
      levels: ['always', 'sometimes', 'never'],
      wording: 'How often does the team use open source?',
      wordingBy: 'ours',
      askedIf: team,
      aliases: ['open source', 'open source use'],
    },
  ],
})

/** Type of {@link studyQuestionnaire}, with its ids and levels. */
export type StudyQuestionnaire = typeof questionnaire

/**
 * The questionnaire of the study by Bennion and others (2025), as far as its published abstracts tell what was asked.
 *
 * The wording of the Freedom of Information request was not published where we could see it, so every wording here is ours
 * (`wordingBy: 'ours'`), written after what the abstracts say the questions were about. The abstracts print counts for these
 * answers: 161 with a team of 191, and of those 161 the rest, which is the skip logic here.
 *
 * @see Bennion MR, Spencer R, Moore RK, Kenyon R. JMIR Hum Factors 2025;12:e66398, https://doi.org/10.2196/66398
 *
 * @example
 * ```ts @import.meta.vitest
 * expect(studyQuestionnaire.questions.every(({ wordingBy }) => wordingBy === 'ours')).toBe(true)
 * ```
 */
export const studyQuestionnaire: StudyQuestionnaire = questionnaire
