"""SPF, DKIM and DMARC: whether the receiver found that the email is from whom it says, and by which of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.lint.letter.hosts import organisation
from bulletin.lint.received.results import Result, Results
from bulletin.lint.received.signatures import Signature
from bulletin.model import Light, Provider, Remark

_COVERED = ("From", "List-Unsubscribe", "List-Unsubscribe-Post")  # RFC 6376, 5.4; RFC 8058, 3.1
_BETTER = ("To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "List-Id")
_SHORTEST, _WANTED = 1024, 2048  # bits of an RSA key: RFC 8301, 3.2
_ASK = "ask whoever runs the domain's DNS and mail"
_ONE_CLICK = frozenset({Provider.GMAIL, Provider.OUTLOOK})


@dataclass(frozen=True)
class Proofs:
    """What the receiver found, for an email that says it is from a domain."""

    domain: str  # of From
    results: Results
    signatures: tuple[Signature, ...]

    @property
    def passed(self) -> list[Result]:
        """The signatures that were found right."""
        return [one for one in self.results.of("dkim") if one.result == "pass"]

    @property
    def aligned(self) -> Result | None:
        """One that was found right and is of the same organisation as From; None when there is none."""
        return next((one for one in self.passed if _is_same(_signer(one), self.domain)), None)


def remarks(proofs: Proofs) -> Iterator[Remark]:
    """Say what each proof came to."""
    yield _spf(proofs)
    yield from _dkim(proofs)
    yield _dmarc(proofs)
    yield from _composite(proofs)


def _spf(proofs: Proofs) -> Remark:
    told = next(iter(proofs.results.of("spf")), None)
    domain = _domain(told.told.get("smtp.mailfrom", "") or told.told.get("smtp.helo", "")) if told else ""
    if told is None:
        words = f"the receiver says nothing of SPF: {_ASK} to publish which servers send for {proofs.domain}"
        return Remark(Light.LOOK, "SPF", words)
    if told.result != "pass":
        words = (
            f"SPF says {told.result}: the server that sent this is not in the SPF record of {domain or 'the sender'}"
        )
        return Remark(Light.WRONG, "SPF", f"{words}; {_ASK} to add it")
    if not _is_same(domain, proofs.domain):
        words = (
            f"passed for {domain or 'another domain'}, which is not {proofs.domain} of From: it does not count for"
        )
        return Remark(Light.LOOK, "SPF", f"{words} DMARC, so that all rests on DKIM")
    return Remark(Light.GOOD, "SPF", f"passed for {domain}, the domain of From")


def _dkim(proofs: Proofs) -> Iterator[Remark]:
    told = proofs.results.of("dkim")
    if not proofs.signatures and not proofs.passed:
        words = f"nothing is signed: {_ASK} to have the mail server sign for {proofs.domain}"
        yield Remark(Light.WRONG, "DKIM", words)
        return
    if not proofs.passed:
        why = next((one.result for one in told), "nothing")
        words = f"there is a signature, and the receiver says {why} of it: {_ASK} to look at the key in the DNS"
        yield Remark(Light.WRONG, "DKIM", f"{words}, and whether something changes emails after they are signed")
        return
    result = proofs.aligned
    if result is None:
        domain = _signer(proofs.passed[0]) or "another domain"
        words = f"signed by {domain}, which is not {proofs.domain} of From: {_ASK} to sign for {proofs.domain} itself"
        yield Remark(Light.LOOK, "DKIM", words)
        return
    yield Remark(Light.GOOD, "DKIM", f"signed by {_signer(result)}, and nothing was changed since")
    signature = next((one for one in proofs.signatures if _is_of(one, result)), None)
    if signature is None:
        words = "the signature itself is not in this file, so it cannot be told what it covers: save the email whole"
        yield Remark(Light.LOOK, "What DKIM signs", words)
        return
    yield from _coverage(signature)
    yield from _strength(signature)


def _coverage(signature: Signature) -> Iterator[Remark]:
    missing = signature.lacks(*_COVERED)
    if "From" in missing:
        yield Remark(Light.WRONG, "What DKIM signs", f"From is not signed, so that it proves nothing: {_ASK}")
    elif missing:
        words = f"the signature leaves out {' and '.join(missing)}: no program will offer to unsubscribe with one"
        words = f"{words} click (RFC 8058); ask whoever signs to add both to h="
        yield Remark(Light.WRONG, "What DKIM signs", words, _ONE_CLICK)
    elif bare := signature.lacks(*_BETTER):
        words = f"From and both headers for leaving are signed; {', '.join(bare)} could be changed on the way"
        yield Remark(Light.GOOD, "What DKIM signs", words)
    else:
        yield Remark(
            Light.GOOD, "What DKIM signs", "From, both headers for leaving, and all others that matter are signed"
        )
    if signature.is_of_a_part:
        words = "only the beginning of the body is signed (l=), so that anybody can add to it: have l= taken out"
        yield Remark(Light.WRONG, "DKIM l=", words)


def _strength(signature: Signature) -> Iterator[Remark]:
    if signature.algorithm == "rsa-sha1":
        yield Remark(Light.WRONG, "DKIM key", "it is signed with SHA-1, which counts as no signature (RFC 8301)")
    elif 0 < signature.bits < _SHORTEST:
        words = f"the key has {signature.bits} bits, and fewer than {_SHORTEST} count as no signature: make a new one"
        yield Remark(Light.WRONG, "DKIM key", words)
    elif 0 < signature.bits < _WANTED:
        words = f"the key has {signature.bits} bits: {_WANTED} is what is wanted today, make a new one by and by"
        yield Remark(Light.LOOK, "DKIM key", words)
    elif signature.algorithm.startswith("ed25519"):
        words = "the signature is Ed25519, which not every receiver reads: sign with RSA beside it"
        yield Remark(Light.LOOK, "DKIM key", words)
    elif signature.bits:
        yield Remark(Light.GOOD, "DKIM key", f"{signature.algorithm}, a key of {signature.bits} bits")


def _dmarc(proofs: Proofs) -> Remark:
    told = next(iter(proofs.results.of("dmarc")), None)
    publish = f"{_ASK} to publish one for {organisation(proofs.domain)}, p=none to begin with"
    if told is None or told.result == "none":
        return Remark(Light.LOOK, "DMARC", f"there is no DMARC record: {publish}")
    if told.result == "bestguesspass":
        words = f"there is no DMARC record, though SPF or DKIM would satisfy one: {publish}"
        return Remark(Light.LOOK, "DMARC", words)
    if told.result == "pass":
        return Remark(Light.GOOD, "DMARC", f"passed: the email is from {told.told.get('header.from', proofs.domain)}")
    words = (
        f"DMARC says {told.result}: neither SPF nor DKIM proves that this is from {proofs.domain}; mend those first"
    )
    return Remark(Light.WRONG, "DMARC", words)


def _composite(proofs: Proofs) -> Iterator[Remark]:
    """Exchange Online's own sum of it all."""
    for told in proofs.results.of("compauth")[:1]:
        microsoft = frozenset({Provider.NHSMAIL, Provider.OUTLOOK})
        if told.result in ("fail", "softpass"):
            reason = told.told.get("reason", "") or "not told"
            words = f"Microsoft's own judgement is {told.result} (compauth, reason {reason}): mend SPF, DKIM"
            light = Light.WRONG if told.result == "fail" else Light.LOOK
            yield Remark(light, "compauth", f"{words} and DMARC for {proofs.domain}", microsoft)


def _signer(told: Result) -> str:
    """The domain that signed."""
    return told.told.get("header.d") or told.told.get("header.i", "").rpartition("@")[2]


def _is_of(signature: Signature, told: Result) -> bool:
    """Whether a result is about this signature: by domain, and by selector and beginning where those are told."""
    start, selector = told.told.get("header.b", ""), told.told.get("header.s", "")
    is_named = signature.domain == _signer(told) and selector in ("", signature.selector)
    return is_named and signature.start.lower().startswith(start)


def _domain(address: str) -> str:
    return address.strip("<>").rpartition("@")[2].rstrip(".")


def _is_same(domain: str, other: str) -> bool:
    """Whether two domains are of one organisation (relaxed alignment: RFC 7489, 3.1)."""
    return bool(domain) and organisation(domain) == organisation(other)
