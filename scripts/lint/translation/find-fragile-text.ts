import { type Expression, type JSXElement, type JSXFragment, parseSync, Visitor } from 'oxc-parser'

/**
 * What a child of an element can be on the page. `text` is, or may be, a text node of its own; what
 * `comesAndGoes` is inserted or removed while its siblings stay.
 */
type Child = { text: boolean; comesAndGoes: boolean }

const ELEMENT: Child = { text: false, comesAndGoes: false }
const TEXT: Child = { text: true, comesAndGoes: false }
const LIST: Child = { text: false, comesAndGoes: true }

/**
 * Finds elements that a browser's translation makes crash. It moves text nodes into elements of its own, so React can
 * neither insert something before such a node nor remove it: a child that comes and goes must not stand beside text.
 * @returns the line of each element with both, counted from 1
 * @throws when the source cannot be parsed
 */
export function findFragileText(file: string, source: string): number[] {
  const { errors, program } = parseSync(file, source)
  if (errors[0]) throw new Error(errors[0].message)
  const lines = new Set<number>()
  const check = (node: JSXElement | JSXFragment) => {
    const children = childrenOf(node)
    const fragile = children.some(({ comesAndGoes }) => comesAndGoes) && children.some(({ text }) => text)
    if (children.length > 1 && fragile) lines.add(source.slice(0, node.start).split('\n').length)
  }
  new Visitor({ JSXElement: check, JSXFragment: check }).visit(program)
  return [...lines]
}

/** The children of an element; a fragment among them stands for its own. */
function childrenOf({ children }: JSXElement | JSXFragment): Child[] {
  return children.flatMap((child): Child | Child[] => {
    if (child.type === 'JSXText') return child.value.trim() === '' ? [] : TEXT
    if (child.type === 'JSXElement') return ELEMENT
    if (child.type === 'JSXFragment') return childrenOf(child)
    return child.expression.type === 'JSXEmptyExpression' ? [] : toChild(child.expression)
  })
}

/** Whatever is not known to be an element, or a list of them, may be text. */
function toChild(expression: Expression): Child {
  switch (expression.type) {
    case 'ParenthesizedExpression':
      return toChild(expression.expression)
    case 'JSXElement':
      return ELEMENT
    case 'JSXFragment':
      return { text: childrenOf(expression).some(({ text }) => text), comesAndGoes: false }
    case 'LogicalExpression':
      // A fallback that is text makes the whole text at any time.
      if (expression.operator !== '&&' && isText(expression.right)) return TEXT
      return { text: toChild(expression.right).text, comesAndGoes: true }
    case 'ConditionalExpression': {
      const [a, b] = [expression.consequent, expression.alternate].map(toChild)
      const isAlwaysText = isText(expression.consequent) && isText(expression.alternate)
      return { text: Boolean(a?.text || b?.text), comesAndGoes: !isAlwaysText }
    }
    case 'CallExpression':
      return isMapping(expression.callee) ? LIST : TEXT
    default:
      return TEXT
  }
}

/** Whether an expression is text for certain, and so changes in place. */
function isText({ type }: Expression): boolean {
  return type === 'Literal' || type === 'TemplateLiteral'
}

function isMapping(callee: Expression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    /^(flatMap|map)$/.test(callee.property.name)
  )
}
