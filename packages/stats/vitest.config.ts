import { projectConfig } from '../../tooling/vitest-preset.ts'

export default projectConfig(import.meta.dirname)
