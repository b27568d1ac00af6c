"""Certificate authorities and the certificates that they sign, made by openssl."""

import subprocess

EC = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
AUTHORITY = "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign"
SERVER = "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n"


def openssl(folder, command: str) -> None:
    subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True, timeout=60)


def authority(folder, name: str) -> None:
    """Make a certificate authority that signs its own certificate."""
    openssl(folder, f"req -x509 {EC} -days 9 -subj /CN={name} -keyout {name}.key -out {name}.pem {AUTHORITY}")


def certificate(folder, name: str, ca: str, subject: str, days: int = 7) -> None:
    """Make a server's certificate, signed by an authority."""
    (folder / "extensions").write_text(f"{SERVER}subjectAltName={subject}\n", encoding="utf-8")
    openssl(folder, f"req {EC} -subj /CN=server -keyout {name}.key -out request")
    signer = f"-CA {ca}.pem -CAkey {ca}.key -CAcreateserial -days {days}"
    openssl(folder, f"x509 -req -in request {signer} -extfile extensions -out {name}.pem")
