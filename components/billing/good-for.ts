/** A tool, and the wallet that pays for it. */
export type PaidTool = { name: string; creditType: string }

const names = new Intl.ListFormat('en-US')

/** Which tools a kind of credits pays for: `Good for Draw a poster and Cut a video`; null when none takes it. */
export function goodFor(tools: readonly PaidTool[], creditType: string): string | null {
  const taking = tools.filter((tool) => tool.creditType === creditType)
  if (taking.length === 0) return null
  if (taking.length === tools.length) return 'Good for every tool'
  return `Good for ${names.format(taking.map(({ name }) => name))}`
}
