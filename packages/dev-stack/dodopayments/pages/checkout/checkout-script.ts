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
expiry.addEventListener('input', (event) => {
  if (event.inputType?.startsWith('insert') && /^\\d{2}$/.test(expiry.value)) expiry.value += '/'
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
