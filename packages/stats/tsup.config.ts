import { libraryConfig } from '../../tooling/tsup-preset.ts'

export default libraryConfig({
  index: 'src/index.ts',
  variates: 'src/variates.ts',
  worker: 'src/worker/index.ts',
  'worker-thread': 'src/worker/worker-thread.ts',
  'node/worker-thread': 'src/node/worker-thread.ts',
})
