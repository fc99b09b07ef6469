import { vi } from 'vitest'

const TIMEOUT_MS = 15_000

const { waitFor, waitUntil } = vi

/** What a test waits for has come or never comes. Vitest gives it one second, which a busy machine may need. */
vi.waitFor = (callback, options) => waitFor(callback, options ?? TIMEOUT_MS)
vi.waitUntil = (callback, options) => waitUntil(callback, options ?? TIMEOUT_MS)
