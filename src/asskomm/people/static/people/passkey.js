// SPDX-License-Identifier: EUPL-1.2
// Shows what needs a passkey only where the browser knows passkeys, hands each form to the library's script,
// and says in words when a passkey was not given.
(function () {
  function begin (form) {
    const kind = form.dataset.passkey
    const button = form.querySelector('button')
    const passwordless = form.querySelector('[name=passwordless]')
    const ids = { [kind]: button.id, credential: form.querySelector('[name=credential]').id }
    if (passwordless) ids.passwordless = passwordless.id
    if (kind !== 'login') ids.data = 'js_data'
    window.allauth.webauthn.forms[kind + 'Form']({ ids })
    form.hidden = false
  }
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-passkey]').forEach(begin)
    document.querySelectorAll('[data-no-passkey]').forEach(function (part) { part.hidden = true })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-fault]').forEach(function (part) { part.hidden = false })
  })
})()
