import { SandboxError } from './http.ts'
import { money } from './pages/money.ts'
import type { DodoPayments } from './types.ts'

/**
 * A page of plain text as a PDF: small, and real enough for every reader.
 * @throws SandboxError 404 for a payment that failed
 */
export function invoicePdf(payment: DodoPayments.Payment): Response {
  if (!payment.invoice_id) throw new SandboxError(404, 'INVOICE_NOT_FOUND', 'This payment has no invoice.')
  const lines = [
    `Invoice ${payment.invoice_id}`,
    '',
    `Payment  ${payment.payment_id}`,
    `Date     ${payment.created_at.slice(0, 10)}`,
    `Customer ${payment.customer.name} (${payment.customer.email})`,
    '',
    ...(payment.product_cart ?? []).map(({ product_id, quantity }) => `${quantity} x ${product_id}`),
    '',
    `Tax      ${money(payment.tax ?? 0, payment.currency, 'code')}`,
    `Total    ${money(payment.total_amount, payment.currency, 'code')}`,
    `Status   ${payment.status}`,
    '',
    'DodoPayments sandbox: no money moved.',
  ]
  const name = `invoice-${payment.payment_id}.pdf`
  const headers = { 'content-type': 'application/pdf', 'content-disposition': `inline; filename="${name}"` }
  return new Response(toPdf(lines), { headers })
}

export function toPdf(lines: readonly string[]): Buffer<ArrayBuffer> {
  const text = `BT /F1 12 Tf 18 TL 56 760 Td ${lines.map((line) => `(${escapePdf(line)}) Tj T*`).join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  // One byte a character: the offsets above count characters.
  return Buffer.from(file + table + trailer, 'latin1')
}

/** Parentheses and backslashes mean something in PDF; what Latin-1 lacks becomes a question mark. */
function escapePdf(line: string): string {
  return line.replaceAll(/[\\()]/g, '\\$&').replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?')
}
