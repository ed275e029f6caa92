import { type FrameCheck } from '../analysis/frame-check.ts'

/** The list of those asked against the register, as a sentence; nothing where no register is at hand. */
export function frameText(frame: FrameCheck | null): string[] {
  if (frame === null) return []
  const { asked, askedFrom, registered, matches } = frame
  const held = matches.map(({ from, until }) => `${from} to ${until}`).join(', ')
  return [
    `${asked} were asked from ${askedFrom}, when the register held ${registered}${held === '' ? '' : `; it held ${asked} from ${held}`}.`,
  ]
}
