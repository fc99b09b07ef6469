/** What a form's action hands back to the page: what to say, and where. */
export type FormState = {
  /** A sentence for the form as a whole. */
  message?: string
  /** One sentence for each field that is wrong. */
  errors?: Record<string, string>
  /** What was typed, so that nobody types it twice; never passwords. */
  values?: Record<string, string>
  /** The address a mail was sent to. The page then shows "Check your mail" in place of the form. */
  sentTo?: string
  /** Whether what the form is for has been done, on a page that stays. */
  isDone?: boolean
}

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>

export const emptyForm: FormState = {}
