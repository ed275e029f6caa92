import { libraryConfig } from '../../tooling/tsup-preset.ts'

export default libraryConfig(
  {
    index: 'src/index.ts',
    exact: 'src/exact/index.ts',
    variates: 'src/variates.ts',
    worker: 'src/worker/index.ts',
    'worker-thread': 'src/worker/worker-thread.ts',
    'node/worker-thread': 'src/node/worker-thread.ts',
  },
  // Entries share their code as CommonJS too, or an error of one would be no `StatsError` of another.
  { splitting: true },
)
