import { fc } from '@fast-check/vitest'
import '../property-seed.ts'

// Noticed is noticed: the smallest counterexample need not be searched.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })
