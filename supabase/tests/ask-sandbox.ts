type Asked = { body?: object; headers?: Record<string, string> }

/** Asks a payment sandbox; with a body, tells it to do something. @throws with its answer when it refuses */
export async function askSandbox<Result>(
  url: string,
  path: string,
  { body, headers }: Asked,
): Promise<Result> {
  const response = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
