import { parentPort } from 'node:worker_threads'
import { serveStatsRequests } from '../worker/serve-stats-requests.ts'

// The script of a worker in Node; in the main thread there is nobody to serve.
if (parentPort !== null) serveStatsRequests(parentPort)
