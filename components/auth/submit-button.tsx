'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from '@/components/ui/button'

/** Sends its form. While the form is on its way no button of it can be pressed, and the pressed one shows it. */
export function SubmitButton({ name, value, ...props }: ComponentProps<typeof Button>) {
  const { pending, data } = useFormStatus()
  const isThisOne = pending && (!name || data.get(name) === value)
  return (
    <Button
      type="submit"
      size="lg"
      name={name}
      value={value}
      loading={isThisOne}
      disabled={pending}
      {...props}
    />
  )
}
