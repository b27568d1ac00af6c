"""Where a request goes."""

from ipaddress import ip_address


def place(host: str, port: int) -> str:
    """The host:port by which places are compared: small letters, IPv6 in brackets and in its short form."""
    host = host.rstrip(".").lower()
    try:
        ip = ip_address(host)
    except ValueError:
        return f"{host}:{port}"
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"
