import { escapeHtml } from '../../escape-html.ts'

/** The variables of Supabase's mail templates. */
export type TemplateVariables = {
  SiteURL: string
  ConfirmationURL: string
  RedirectTo: string
  TokenHash: string
  Token: string
  Email: string
  NewEmail: string
}

const PLACEHOLDER = /\{\{\s*\.(\w+)\s*\}\}/g

/** Fills a Go template's `{{ .Name }}` in, escaped for where each stands, as Supabase Auth does. */
export function renderTemplate(template: string, variables: TemplateVariables): string {
  const values: Record<string, string> = variables
  return template.replace(PLACEHOLDER, (_, name: string, offset: number) => {
    const value = values[name] ?? ''
    return isInQuery(template.slice(0, offset)) ? encodeURIComponent(value) : escapeHtml(value)
  })
}

/** Subjects are plain text. */
export function renderSubject(subject: string, variables: TemplateVariables): string {
  const values: Record<string, string> = variables
  return subject.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '')
}

/** Whether a template's text ends inside the query of a link. */
function isInQuery(before: string): boolean {
  const link = before.slice(before.lastIndexOf('href="') + 'href="'.length)
  return before.includes('href="') && !link.includes('"') && link.includes('?')
}
