/** The props Next gives an `error.tsx`: whatever was thrown, and a way to render the segment again. */
export type ErrorPageProps = { error: unknown; retry: () => void }

/** What a page says that is older than the app. */
export const NEW_VERSION = {
  title: 'There is a new version',
  description: 'This page is from before it, and is loaded again. What you typed is kept.',
}

/** The identifier under which the server logged an error, or null when the browser threw it. */
export function errorDigest(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null
  return typeof error.digest === 'string' ? error.digest : null
}
