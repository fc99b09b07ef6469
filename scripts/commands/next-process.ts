import { createRequire } from 'node:module'

// The `next` command, in a process that ends with the one that forked it, however that one ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
})
createRequire(import.meta.url)('next/dist/bin/next')
