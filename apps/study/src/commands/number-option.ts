import { InvalidArgumentError } from 'commander'

/** Parser of a numeric option that says what was expected. */
export function numberOption(range: {
  readonly integer?: boolean
  readonly minimum: number
  readonly maximum: number
}): (text: string) => number {
  return (text) => {
    const value = Number(text)
    const fits =
      text.trim() !== '' && value >= range.minimum && value <= range.maximum && (range.integer !== true || Number.isInteger(value))
    if (!fits)
      throw new InvalidArgumentError(`Expected ${range.integer ? 'a whole number' : 'a number'} from ${range.minimum} to ${range.maximum}.`)
    return value
  }
}
