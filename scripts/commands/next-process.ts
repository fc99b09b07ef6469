import { createRequire } from 'node:module'
import { refuseUnreadable } from './refuse-unreadable.ts'

/**
 * How long an idle connection is kept: longer than proxies keep theirs (nginx and AWS 60 s), since a request that a
 * proxy sends at the moment its connection is closed here fails with a 502.
 */
const KEEP_ALIVE_MS = 75_000

// The `next` command, in a process that ends with the one that forked it, however that one ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
})
refuseUnreadable()
const [mode] = process.argv.slice(2)
if (mode === 'start' && !process.argv.includes('--keepAliveTimeout')) {
  process.argv.push('--keepAliveTimeout', String(KEEP_ALIVE_MS))
}
createRequire(import.meta.url)('next/dist/bin/next')
