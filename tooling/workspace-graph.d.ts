/** Which package may import which. */
export const workspaceGraph: Readonly<Record<string, readonly string[]>>
/** The packages that other programs import; the app is for people. */
export const libraries: readonly string[]
/** The npm scope of every package of this repository. */
export const scope: string
