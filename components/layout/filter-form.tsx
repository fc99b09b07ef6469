'use client'

import type { Route } from 'next'
import Form from 'next/form'
import { useSearchParams } from 'next/navigation'
import { type ComponentProps, type FormEvent, useEffect, useRef } from 'react'
import { useAccountPath } from './use-account-path'

/** How long nobody types before a search begins. */
const TYPING_MS = 350

type FilterFormProps = Omit<ComponentProps<typeof Form>, 'action' | 'role'> & {
  /** The page itself: the filter lives in its address, so it can be shared. */
  action: Route
}

/**
 * A form whose fields are in the address of its page: what is chosen or typed applies at once, and what is empty does not
 * stand there. It is sent as any form is where scripts do not run.
 */
export function FilterForm({ action, children, ...props }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const inAddress = useSearchParams()
  const path = useAccountPath(action)

  useEffect(() => {
    const element = form.current
    const leaveOutEmpty = ({ formData }: FormDataEvent) => {
      for (const [name, value] of [...formData]) if (value === '') formData.delete(name)
    }
    element?.addEventListener('formdata', leaveOutEmpty)
    // What was chosen or typed before the scripts had come told nobody.
    if (fieldsOf(element).some(isChanged)) timer.current = setTimeout(() => element?.requestSubmit())
    return () => {
      clearTimeout(timer.current)
      element?.removeEventListener('formdata', leaveOutEmpty)
    }
  }, [])

  const shown = useRef(inAddress)
  useEffect(() => {
    // The first fields are as the server made them.
    if (shown.current === inAddress) return
    shown.current = inAddress
    for (const field of fieldsOf(form.current)) {
      // Whoever types is ahead of the address.
      const isTyped = field === document.activeElement && field instanceof HTMLInputElement
      if (!isTyped) field.value = inAddress.get(field.name) ?? ''
    }
  }, [inAddress])

  function apply({ target, currentTarget }: FormEvent<HTMLFormElement>) {
    const isTyped = target instanceof HTMLInputElement && /^(search|number)$/.test(target.type)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => currentTarget.requestSubmit(), isTyped ? TYPING_MS : 0)
  }

  return (
    <Form
      ref={form}
      action={path}
      role="search"
      // A browser that fills in what was here before would filter by it.
      autoComplete="off"
      replace
      scroll={false}
      onInput={apply}
      onSubmit={() => clearTimeout(timer.current)}
      {...props}
    >
      {children}
    </Form>
  )
}

function fieldsOf(form: HTMLFormElement | null) {
  return [...(form?.elements ?? [])].filter(
    (field): field is HTMLInputElement | HTMLSelectElement =>
      field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type !== 'hidden'),
  )
}

/** Whether a field holds something else than the server wrote into it. */
function isChanged(field: HTMLInputElement | HTMLSelectElement): boolean {
  if (field instanceof HTMLInputElement) return field.value !== field.defaultValue
  return [...field.selectedOptions].some(({ defaultSelected, value }) => !defaultSelected && value !== '')
}
