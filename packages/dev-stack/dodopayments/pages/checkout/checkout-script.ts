/** The page works without it; with it, test cards fill in by a click and a form is sent once. */
export const CHECKOUT_SCRIPT = `
const form = document.querySelector('form')
const { number, expiry, cvc } = form.elements
const submit = form.querySelector('button')
const label = submit.textContent
const grouped = (digits) => digits.replace(/(.{4})(?=.)/g, '$1 ')

for (const button of document.querySelectorAll('[data-card]')) {
  button.addEventListener('click', () => {
    number.value = grouped(button.dataset.card)
    expiry.value = '06/32'
    cvc.value = '123'
    submit.focus()
  })
}
number.addEventListener('input', () => {
  if (number.selectionStart === number.value.length) number.value = grouped(number.value.replace(/\\D/g, ''))
})
// The slash comes by itself after the month; one that is typed as well, with or without spaces, is the same one.
expiry.addEventListener('input', (event) => {
  const atEnd = expiry.selectionStart === expiry.value.length
  if (atEnd && event.inputType?.startsWith('insert')) expiry.value = expiry.value.replace(/^(\\d{2})[\\s/]*/, '$1/')
})
form.addEventListener('submit', () => {
  submit.disabled = true
  submit.textContent = submit.dataset.busy
})
addEventListener('pageshow', () => {
  submit.disabled = false
  submit.textContent = label
})
const first = form.querySelector('[aria-invalid]') ?? [...form.elements].find((input) => !input.value && !input.readOnly)
first?.focus({ preventScroll: true })
`
