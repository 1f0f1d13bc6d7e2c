/* Tells the style sheets that scripts run. A file, because the content security policy refuses
   inline scripts; first in the body, so that nothing jumps when it runs. */
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
