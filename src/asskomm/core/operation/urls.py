# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the package."""

from django.urls import path

from asskomm.core.operation.interfaces import pages

app_name = "operation"
urlpatterns = [
    path("betrieb/", pages.operation, name="operation"),
    path("metrics", pages.metrics, name="metrics"),
    path(".well-known/security.txt", pages.security, name="security"),
]
