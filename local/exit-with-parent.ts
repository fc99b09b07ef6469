// Loaded into `next` before its own code: when the process that runs it dies, however it dies, so does it.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
})
