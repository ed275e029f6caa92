export { type MessageEnd } from './messages.ts'
export { serveStatsRequests } from './serve-stats-requests.ts'
export { createStatsWorker, type StatsWorker } from './stats-worker.ts'
