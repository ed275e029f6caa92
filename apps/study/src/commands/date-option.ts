import { isIsoDate } from '@open-digital-capability/schema'
import { InvalidArgumentError } from 'commander'

/** Parser of a day. */
export function dateOption(text: string): string {
  if (!isIsoDate(text)) throw new InvalidArgumentError('Expected a day such as 2025-08-12.')
  return text
}
