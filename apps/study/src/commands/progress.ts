import { type Streams } from '../cli.ts'

/** Runs something, and says so on stderr if it is not done within a second. */
export async function withProgress<Result>(streams: Streams, label: string, work: () => Promise<Result>): Promise<Result> {
  const done = streams.progress?.(`${label}…\n`) ?? timedProgress(streams, `${label}…\n`)
  try {
    return await work()
  } finally {
    done()
  }
}

/** A timer: enough where the work lets others run in between. */
function timedProgress(streams: Streams, line: string): () => void {
  const timer = setTimeout(() => streams.stderr(line), 1000)
  return () => clearTimeout(timer)
}
