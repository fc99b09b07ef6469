import { createRequire } from 'node:module'
import { refuseUnreadable } from './refuse-unreadable.ts'

// The `next` command, in a process that ends with the one that forked it, however that one ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
})
refuseUnreadable()
createRequire(import.meta.url)('next/dist/bin/next')
