/** What a call of an operation sends, beside its key. */
type Sample = { method: string; url: string; json: unknown; form: readonly (readonly [string, string])[] }

/** The command that makes a call in a terminal. */
export function curlCommand({ method, url, json, form }: Sample): string {
  const lines = [
    `curl ${quoteForShell(url)}`,
    "  -H 'Authorization: Bearer lb_…'",
    ...(json === undefined
      ? []
      : ["  -H 'Content-Type: application/json'", `  -d ${quoteForShell(JSON.stringify(json))}`]),
    ...form.map(([name, value]) => `  -F ${quoteForShell(`${name}=${value}`)}`),
    // With a body, POST goes without saying.
    ...(method === 'post' && json === undefined && form.length === 0 ? ['  -X POST'] : []),
  ]
  return lines.join(' \\\n')
}

function quoteForShell(text: string): string {
  return /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
