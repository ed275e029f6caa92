import { defineConfig } from 'tsup'
import { importDirectionPlugin } from '../../tooling/tsup-preset.ts'

export default defineConfig({
  entry: { main: 'src/main.ts' },
  format: ['esm'],
  clean: true,
  target: 'node20',
  platform: 'node',
  esbuildPlugins: [importDirectionPlugin('study')],
})
