/* The daily scan by keys. Without this file every row has its forms and links, open on the page. */

const list = document.querySelector('.app-scan')
const byKeys = list && 'keys' in list.dataset
let current = null

function goTo(row, scroll = true) {
  if (!row) return
  current?.removeAttribute('aria-current')
  current = row
  row.setAttribute('aria-current', 'true')
  row.focus({ preventScroll: true })
  if (scroll) row.scrollIntoView({ block: 'nearest' })
}

function press(key) {
  const part = current?.querySelector(`[data-key="${key}"]`)
  if (!part) return false
  if (part.matches('input')) part.focus()
  else part.click()
  return true
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest('input, textarea, select')) {
    if (event.key === 'Escape') current?.focus()
    return
  }
  const key = event.key.toLowerCase()
  const moves = { j: 'nextElementSibling', k: 'previousElementSibling' }
  if (key in moves) goTo(current?.[moves[key]])
  else if (!press(key)) return
  event.preventDefault()
}

/* A row that was marked leads to the next; one that could not be keeps its place. */
function onSwap(event) {
  const row = event.detail.elt.closest?.('.app-scan-row')
  if (!row || row !== current) return
  const mark = row.querySelector('.app-scan-mark')
  if (!mark.querySelector('.govuk-error-message')) goTo(row.nextElementSibling ?? row)
}

function start() {
  list.dataset.live = ''
  const named = document.getElementById(location.hash.slice(1))
  const first = document.getElementById(`row-${list.dataset.current}`)
  if (named?.matches('.app-scan-row')) goTo(named)
  else goTo(first, list.dataset.current !== '1') // a new scan is read from its heading
  list.addEventListener('focusin', (event) => {
    const row = event.target.closest('.app-scan-row')
    if (row && row !== current) {
      current?.removeAttribute('aria-current')
      current = row
      row.setAttribute('aria-current', 'true')
    }
  })
  document.addEventListener('keydown', onKey)
  document.addEventListener('htmx:afterSettle', onSwap)
}

if (byKeys) start()
