import * as govuk from '../vendor/govuk-frontend.min.js'
import * as moj from '../vendor/moj-frontend.min.js'

/* Every page works without this file: it only saves a person a step. */

function startComponents(scope) {
  govuk.initAll({ scope })
  moj.initAll({ scope })
  govuk.createAll(moj.FilterToggleButton, undefined, { scope })
  for (const chart of scope.querySelectorAll('.app-chart:has(.app-chart__year)')) showNewest(chart)
}

/* On a phone a chart of months is wider than its frame: the newest month is what people come for. */
function showNewest(chart) {
  const frame = chart.closest('.app-scroll')
  if (frame) frame.scrollLeft = frame.scrollWidth
}

/* A second click on a slow save must not save twice. It is freed again after a while: an answer
   that is a file leaves the page, and its form, where they are. */
function guardSubmit(event) {
  const form = event.target
  if (form.method !== 'post') return
  if (form.dataset.sent) event.preventDefault()
  form.dataset.sent = 'yes'
  setTimeout(releaseForms, 5000)
}

function releaseForms() {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
}

/* When a session ends while a page polls, the answer is the sign-in page. Show it whole rather
   than as a fragment. */
function leaveWhenSignedOut(event) {
  const address = event.detail.xhr.responseURL
  if (address && new URL(address).pathname.startsWith('/accounts/')) {
    event.detail.shouldSwap = false
    window.location.reload()
  }
}

document.addEventListener('submit', guardSubmit)
document.addEventListener('htmx:beforeSwap', leaveWhenSignedOut)
document.addEventListener('htmx:load', (event) => {
  if (event.detail.elt !== document.body) startComponents(event.detail.elt)
})
window.addEventListener('pageshow', releaseForms)

startComponents(document)
