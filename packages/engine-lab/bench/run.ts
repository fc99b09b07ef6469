/** `npm run bench`: every benchmark, or those named, as in `npm run bench -- engine`. None of them is a test. */
const benchmarks: Record<string, () => Promise<void>> = {
  engine: async () => (await import('./engine.ts')).benchEngine(),
  batches: async () => (await import('./batches.ts')).benchBatches(),
  ledgers: async () => (await import('./ledgers.ts')).benchLedgers(),
  window: async () => (await import('./window.ts')).benchWindow(),
  history: async () => (await import('./history.ts')).benchHistory(),
  admin: async () => (await import('./admin.ts')).benchAdmin(),
  cache: async () => (await import('./balance-cache.ts')).benchBalanceCache(),
  startup: async () => (await import('./startup.ts')).benchStartup(),
  calls: async () => (await import('./calls.ts')).benchCalls(),
  doors: async () => (await import('./doors.ts')).benchDoors(), // #only api
  live: async () => (await import('./live.ts')).benchLive(),
  pages: async () => (await import('./pages.ts')).benchPages(),
  lighthouse: async () => (await import('./lighthouse.ts')).benchLighthouse(),
  // #region image-converter
  images: async () => (await import('./images.ts')).benchImages(),
  // #endregion
}

const named = process.argv.slice(2)
for (const name of named.length > 0 ? named : Object.keys(benchmarks)) {
  const bench = benchmarks[name]
  if (!bench)
    throw new Error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.`)
  console.log(`\n## ${name}\n`)
  await bench()
}
process.exit()

export {}
