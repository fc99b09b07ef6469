import 'server-only'
import { brand } from '@/lib/brand'
import { env } from '@/lib/env'
import type { ToolDescription } from '@/lib/tool-runner/describe-tool'
import { toOpenApi } from './document'

/** The API of this product, with these tools, as an OpenAPI document. */
export function describeApi(tools: readonly ToolDescription[]): object {
  return toOpenApi(tools, { name: brand.name, url: env().APP_URL, version: '1' })
}
