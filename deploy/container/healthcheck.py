"""Asks the pages of this container whether they are well; exit code 1 when they are not."""

import http.client
import os
import sys
from urllib.parse import urlsplit

PORT = 8080

pages = http.client.HTTPConnection("127.0.0.1", PORT, timeout=8)
try:
    # The pages answer under the name alone that people know them by.
    pages.request("GET", "/healthz", headers={"Host": urlsplit(os.environ["BULLETIN_BASE_URL"]).netloc})
    sys.exit(pages.getresponse().status != http.client.OK)
except OSError:
    sys.exit(1)
