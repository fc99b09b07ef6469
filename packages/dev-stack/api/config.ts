import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'

const templateSchema = z.object({ subject: z.string(), content_path: z.string() })

const providerSchema = z.object({
  enabled: z.boolean(),
  client_id: fromEnvironment(),
  secret: fromEnvironment(),
})

const configSchema = z.object({
  api: z.object({ schemas: z.array(z.string()), max_rows: z.number() }),
  auth: z.object({
    additional_redirect_urls: z.array(z.string()),
    jwt_expiry: z.number(),
    enable_signup: z.boolean(),
    enable_refresh_token_rotation: z.boolean(),
    minimum_password_length: z.number(),
    email: z.object({
      enable_confirmations: z.literal(true, 'The embedded Auth always has addresses confirmed.'),
      double_confirm_changes: z.literal(true, 'The embedded Auth always asks both addresses.'),
      otp_length: z.number(),
      otp_expiry: z.number(),
      template: z.object({
        confirmation: templateSchema,
        magic_link: templateSchema,
        recovery: templateSchema,
        email_change: templateSchema,
        invite: templateSchema,
      }),
    }),
    external: z.record(z.string(), providerSchema).default({}),
  }),
})

/** What the embedded API takes from supabase/config.toml, named as there. Times are in seconds. */
export type ApiConfig = z.infer<typeof configSchema> & { projectDirectory: string }
export type MailTemplate = keyof ApiConfig['auth']['email']['template']

/** Reads the supabase/config.toml of a project. @throws naming the setting that is missing or not supported. */
export async function readConfig(projectDirectory: string): Promise<ApiConfig> {
  const text = await readFile(join(projectDirectory, 'supabase/config.toml'), 'utf8')
  const config = configSchema.safeParse(parse(text))
  if (!config.success) throw new Error(`supabase/config.toml: ${z.prettifyError(config.error)}`)
  return { ...config.data, projectDirectory }
}

/** The file of a mail template: the official CLI looks for it from the project's folder. */
export function templateFile(config: ApiConfig, template: MailTemplate): string {
  return join(config.projectDirectory, config.auth.email.template[template].content_path)
}

function fromEnvironment() {
  return z
    .string()
    .default('')
    .transform((value) => {
      const variable = /^env\((\w+)\)$/.exec(value)?.[1]
      return variable ? (process.env[variable] ?? '') : value
    })
}
