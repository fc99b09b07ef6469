import { parseSync, Visitor } from 'oxc-parser'

export type Texts = { names: Set<string>; sentences: Set<string> }

/** The names in a TypeScript file, and its texts that a person may read: with a space, or between tags. */
export function readCode(file: string, source: string): Texts {
  const names = new Set<string>()
  const sentences = new Set<string>()
  const addName = ({ name }: { name: string }) => names.add(name)
  const addText = (text: string) => text.includes(' ') && sentences.add(text)
  new Visitor({
    Identifier: addName,
    PrivateIdentifier: addName,
    JSXIdentifier: addName,
    JSXText: ({ value }) => sentences.add(value),
    Literal: ({ value }) => typeof value === 'string' && addText(value),
    TemplateElement: ({ value }) => addText(value.raw),
  }).visit(parseSync(file, source).program)
  return { names, sentences }
}
