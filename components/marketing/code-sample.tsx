import { CodeBlock } from './code-block'
import { codeSample } from './content'
import { Section } from './section'

export function CodeSample() {
  const { title, description, tool, others } = codeSample
  return (
    <Section id="add-a-tool" title={title} description={description}>
      <div className="grid gap-4 lg:grid-cols-[1.35fr_1fr]">
        <CodeBlock {...tool} />
        <div className="grid min-w-0 content-start gap-4">
          {others.map((sample) => (
            <CodeBlock key={sample.file} {...sample} />
          ))}
        </div>
      </div>
    </Section>
  )
}
