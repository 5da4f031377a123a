# SPDX-License-Identifier: EUPL-1.2
"""What a mail server reports about a mail that did not arrive."""

REPORT = """From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; kim@stadt.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user

--b--
"""
