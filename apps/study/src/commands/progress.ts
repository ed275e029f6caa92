import { type Streams } from '../cli.ts'

/** Runs something, and says so on stderr if it is not done within a second. */
export async function withProgress<Result>(streams: Streams, label: string, work: () => Promise<Result>): Promise<Result> {
  const timer = setTimeout(() => streams.stderr(`${label}…\n`), 1000)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
  }
}
