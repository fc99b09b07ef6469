const POLL_MS = 1500
const list = document.getElementById('list')

/** Takes the list of a fresh page over; the message being read stays as it is. */
async function refresh() {
  const response = await fetch('/version').catch(() => undefined)
  const version = await response?.text()
  if (!version || version === list.dataset.version) return
  const page = await (await fetch(location.href)).text()
  const fresh = new DOMParser().parseFromString(page, 'text/html').getElementById('list')
  list.innerHTML = fresh?.innerHTML ?? ''
  list.dataset.version = version
  showLocalTimes()
}

function showLocalTimes() {
  for (const time of document.querySelectorAll('time')) {
    const date = new Date(time.dateTime)
    time.textContent = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    time.title = date.toLocaleString()
  }
}

document.getElementById('empty').addEventListener('click', async () => {
  await fetch('/api/v1/messages', { method: 'DELETE' })
  location.href = '/'
})

showLocalTimes()
setInterval(refresh, POLL_MS)
