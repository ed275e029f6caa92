import { libraryConfig } from '../../tooling/tsup-preset.ts'

export default libraryConfig({ index: 'src/index.ts', variates: 'src/variates.ts' })
