import { type MessageEnd } from './messages.ts'
import { serveStatsRequests } from './serve-stats-requests.ts'

// The script of a worker in browsers, Deno and Bun: its global scope is one end of the channel.
serveStatsRequests(globalThis as unknown as MessageEnd)
