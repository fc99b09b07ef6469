import { createLayers } from './test/layers.ts'
import { formatCounts, formatFailures, type LayerResult, sumCounts } from './test/results.ts'

/**
 * The one test command: every layer in order, or those named, as in `npm test -- unit database`.
 * A failing layer does not stop the others; the exit code tells whether all of them passed.
 */
const names = process.argv.slice(2)
await using stack = new AsyncDisposableStack()
const layers = createLayers(stack)
const unknown = names.filter((name) => !layers.some((layer) => layer.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no layer ${unknown.join(', ')}. There are: ${layers.map((layer) => layer.name).join(', ')}.`,
  )
  process.exit(2)
}

const results: LayerResult[] = []
for (const layer of layers) {
  if (names.length > 0 && !names.includes(layer.name)) continue
  console.log(`\n▸ ${layer.name}: ${layer.claim}`)
  const startedAt = performance.now()
  const report = await layer.run()
  const seconds = (performance.now() - startedAt) / 1000
  results.push({ name: layer.name, seconds, ...report })
}

console.log(`\n${formatFailures(results)}\n`)
for (const result of results) console.log(`${result.name}: ${formatCounts(result)}`)
const total = sumCounts(results)
console.log(formatCounts(total))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
