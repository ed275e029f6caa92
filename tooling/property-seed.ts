import { fc } from '@fast-check/vitest'

// A commit passes or fails alike wherever and however often it is tested. `PROPERTY_SEED=random` looks for what this seed does not
// find, and the seed that it prints, given here, shows the same again.
const seed = process.env['PROPERTY_SEED'] ?? '20201126'
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
