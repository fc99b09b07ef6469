import 'server-only'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import { env } from '@/lib/env'
import { ServiceUnavailableError } from '@/lib/http/errors'

/** Whether a provider is set up. Read as it is: lists of tools are made where the environment is not complete yet. */
export function hasModel(): boolean {
  return Boolean(process.env.AI_BASE_URL)
}

/** The model that the environment names. @throws ServiceUnavailableError when there is none */
export function languageModel(): LanguageModel {
  const { AI_BASE_URL: baseURL, AI_API_KEY: apiKey, AI_MODEL: model } = env()
  if (!baseURL || !model) throw new ServiceUnavailableError('No model is set up for this tool.', 3_600)
  return createOpenAICompatible({ name: 'configured', baseURL, apiKey, includeUsage: true })(model)
}
