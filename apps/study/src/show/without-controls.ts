// Terminals act on these: escape sequences colour, move and rename, and signs of direction turn what stands beside them around.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)/g

/** Text with every sign that a terminal would act on written out as `\\u001b`, which JSON reads as the sign itself. */
export function withoutControls(text: string): string {
  return text.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
