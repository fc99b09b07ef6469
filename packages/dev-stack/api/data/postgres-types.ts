import type postgres from 'postgres'

/** How values travel, where PostgREST does it differently from the driver. */
export const POSTGRES_TYPES: Record<string, postgres.PostgresType> = {
  json: { to: 114, from: [114], serialize: encodeJson, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: encodeJson, parse: JSON.parse },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  timestamp: { to: 1114, from: [1114], serialize: String, parse: toIsoTimestamp },
  timestamptz: { to: 1184, from: [1184], serialize: String, parse: toIsoTimestamp },
}

/** Whoever hands over a string has encoded it already; see `wrapJsonValues` for strings that are values. */
function encodeJson(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `2026-11-21 16:10:00.5+00` → `2026-11-21T16:10:00.5+00:00` */
function toIsoTimestamp(value: string): string {
  return value.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')
}
