import 'server-only'
import { isStepCount, streamText, type ToolSet } from 'ai'
import { logger } from '@/lib/logger'
import type { ToolRun } from '@/lib/tool-runner/define-tool'
import { languageModel } from './model'
import { costTokens, estimateTokens, priceTokens, type TokenRates, type Tokens } from './tokens'

type Metered = {
  instructions: string
  prompt: string
  maxOutputTokens: number
  /** What the model may call, in `maxSteps` steps at most; each step is metered. */
  tools?: ToolSet
  maxSteps?: number
  /** The price of 1,000 tokens, in whole credits. */
  price: TokenRates
  /** The most that the run may cost, in whole credits, whatever the provider tells. */
  most: number
  /** The cost of a million tokens to the owner, in US dollars. */
  cost: TokenRates
}

export type MeteredText = {
  text: string
  tokens: Tokens
  /** Why it ended, as the provider has it: 'stop', 'length'; 'error' when the provider broke off. */
  finishReason: string
}

type Meter = Pick<ToolRun<unknown>, 'signal' | 'write' | 'charge' | 'spend'>

/**
 * Asks the model and writes its answer as it comes, charging for it as it goes: by an estimate of what was delivered, and
 * in the end by the usage that the provider tells, of all steps. A provider that breaks off after it has begun is paid for
 * what was delivered.
 * @throws what the provider throws before its first word
 */
export async function streamMetered(
  { instructions, prompt, maxOutputTokens, tools, maxSteps = 1, price, most, cost }: Metered,
  { signal, write, charge, spend }: Meter,
): Promise<MeteredText> {
  const meter = async (tokens: Tokens) => {
    spend(costTokens(tokens, cost))
    await charge(Math.min(priceTokens(tokens, price), most))
  }
  const sent = estimateTokens(instructions) + estimateTokens(prompt)
  // Of steps that have ended the provider has told.
  let told: Tokens = { input: 0, output: 0 }
  let text = ''
  let textOfStep = ''
  let finishReason = 'error'
  const { stream } = streamText({
    ...{ model: languageModel(), instructions, prompt, maxOutputTokens, tools },
    stopWhen: isStepCount(maxSteps),
    abortSignal: signal,
    maxRetries: 1,
    onError: () => undefined,
  })
  try {
    for await (const part of stream) {
      if (part.type === 'text-delta') {
        textOfStep += part.text
        await meter({ input: told.input + sent, output: told.output + estimateTokens(textOfStep) })
        write(part.text)
        text += part.text
      } else if (part.type === 'finish-step') {
        const { inputTokens = sent, outputTokens = estimateTokens(textOfStep) } = part.usage
        told = { input: told.input + inputTokens, output: told.output + outputTokens }
        textOfStep = ''
        await meter(told)
      } else if (part.type === 'finish') {
        finishReason = part.finishReason
      } else if (part.type === 'error') {
        throw part.error
      }
    }
  } catch (error) {
    if (text === '' || signal.aborted) throw error
    logger.warn('a model broke off', { error })
    finishReason = 'error'
  }
  signal.throwIfAborted()
  const output = told.output + estimateTokens(textOfStep)
  return { text, tokens: { input: told.input || sent, output }, finishReason }
}
