import { type PublishedStudy } from '../published-study.ts'
import { type AuditedPercentage } from './percentage-audit.ts'

export function cohortRecommendations(
  _study: PublishedStudy,
  _audit: readonly AuditedPercentage[],
  _options: object,
): { readonly sentence: string }[] {
  return []
}
