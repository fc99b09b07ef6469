import { z } from 'zod'
import { required, type Variables, webUrl } from './variables'

const dollars = z.coerce.number({ error: 'must be a number of US dollars' }).min(0).max(1_000_000)

/** The settings of the model that answers: any provider that speaks as OpenAI does. Without a URL there is none. */
export function aiSettings(given: Variables) {
  const model = required('AI_BASE_URL is set, and it names the model that answers there')
  return {
    AI_BASE_URL: webUrl.optional(),
    AI_API_KEY: z.string().optional(),
    AI_MODEL: given.AI_BASE_URL ? model : model.optional(),
    AI_COST_PER_MILLION_INPUT_TOKENS: dollars.default(0),
    AI_COST_PER_MILLION_OUTPUT_TOKENS: dollars.default(0),
    AI_MAX_COST_PER_DAY: dollars.optional(),
  }
}
