import { Worker } from 'node:worker_threads'

/** Writes straight to stderr: what a worker prints the usual way waits for the main thread, which is busy. */
const source = `
const { workerData } = require('node:worker_threads')
setTimeout(() => require('node:fs').writeSync(2, workerData), 1000)
`

/** Prints a line after a second from a thread of its own, since a long computation lets no timer run; answers with how to call it off. */
export function progressFromWorker(line: string): () => void {
  const worker = new Worker(source, { eval: true, workerData: line, execArgv: [], stdin: false })
  worker.unref()
  worker.on('error', () => undefined)
  return () => void worker.terminate()
}
