// SPDX-License-Identifier: EUPL-1.2
// Shows what needs a passkey only where the browser knows passkeys, and says in words when one was not given.
(function () {
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-passkey]').forEach(function (part) { part.hidden = false })
    document.querySelectorAll('[data-no-passkey]').forEach(function (part) { part.hidden = true })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-fault]').forEach(function (part) { part.hidden = false })
  })
})()
