import { FormulaEvaluationError, MissingVariableError } from '../errors.ts'
import { evaluate, listVariables, type Variables } from './evaluate.ts'
import { parse } from './parse.ts'

/** A formula that was read: its text and the variables it needs. */
export type Formula = { text: string; variables: readonly string[]; cost(variables: Variables): FormulaCost }

/** Whole credits, rounded up from `raw`. */
export type FormulaCost = { cost: number; raw: number }

/** @throws an Error with what is wrong, when the text is not a formula */
export function readFormula(text: string): Formula {
  const expression = parse(text)
  const names = [...new Set(listVariables(expression))]
  return {
    text,
    variables: names,
    /** @throws MissingVariableError | FormulaEvaluationError */
    cost(variables) {
      const missing = names.find((name) => !Object.hasOwn(variables, name))
      if (missing !== undefined) throw new MissingVariableError(text, missing, Object.keys(variables))
      try {
        const raw = evaluate(expression, variables)
        return { cost: roundUp(raw), raw }
      } catch (error) {
        throw new FormulaEvaluationError(text, variables, error)
      }
    },
  }
}

/**
 * The next whole number. What is only off by the inexactness of binary fractions, as 0.1 * 3 * 10, is that number.
 * @throws on a result that is no price: negative, endless, or too large to be exact
 */
function roundUp(raw: number): number {
  if (!Number.isFinite(raw)) throw new Error('the result is not a number')
  const nearest = Math.round(raw)
  const isExact = Math.abs(raw - nearest) <= 8 * Number.EPSILON * Math.max(1, Math.abs(raw))
  const cost = isExact ? nearest : Math.ceil(raw)
  if (cost < 0 || raw < 0) throw new Error(`the result ${raw} is negative`)
  if (!Number.isSafeInteger(cost)) throw new Error(`the result ${raw} is too large`)
  // Not -0.
  return cost + 0
}
