"""Asks the pages of this container whether they are well; exit code 1 when they are not."""

import http.client
import sys

PORT = 8080

pages = http.client.HTTPConnection("127.0.0.1", PORT, timeout=8)
try:
    pages.request("GET", "/healthz")
    sys.exit(pages.getresponse().status != http.client.OK)
except (OSError, http.client.HTTPException):
    sys.exit(1)
