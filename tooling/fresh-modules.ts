import { vi } from 'vitest'

// Examples in doc comments run when their file is read, so no file may be left over from another test file of the same worker.
vi.resetModules()
