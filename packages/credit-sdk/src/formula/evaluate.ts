import type { Arithmetic, Comparison, Condition, Expression } from './parse.ts'

export type Variables = Readonly<Record<string, number>>

const ARITHMETIC: Record<Arithmetic, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': divide,
}

const COMPARE: Record<Comparison, (left: number, right: number) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
}

/** @throws on a division by zero, and for a variable that is not there */
export function evaluate(expression: Expression, variables: Variables): number {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'variable':
      return read(variables, expression.name)
    case 'negative':
      return -evaluate(expression.of, variables)
    case 'arithmetic':
      return ARITHMETIC[expression.operator](
        evaluate(expression.left, variables),
        evaluate(expression.right, variables),
      )
    case 'choice':
      return evaluate(isMet(expression.when, variables) ? expression.then : expression.otherwise, variables)
  }
}

/** Every variable a formula names, whichever way its conditions go. */
export function listVariables(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'variable':
      return [expression.name]
    case 'negative':
      return listVariables(expression.of)
    case 'arithmetic':
      return [...listVariables(expression.left), ...listVariables(expression.right)]
    case 'choice':
      return [expression.when.left, expression.when.right, expression.then, expression.otherwise].flatMap(
        listVariables,
      )
  }
}

function isMet({ operator, left, right }: Condition, variables: Variables): boolean {
  return COMPARE[operator](evaluate(left, variables), evaluate(right, variables))
}

function divide(left: number, right: number): number {
  if (right === 0) throw new Error('division by zero')
  return left / right
}

function read(variables: Variables, name: string): number {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (value === undefined) throw new Error(`there is no ${name}`)
  return value
}
