export function recommendationLines(_recommendations: readonly object[], _width: number): string[] {
  return []
}
