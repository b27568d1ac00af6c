"""Rules for images."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bulletin.lint.letter import Letter
from bulletin.lint.letter.css import declarations, pixels
from bulletin.lint.letter.headings import is_unread
from bulletin.lint.letter.places import name, plain
from bulletin.lint.letter.tree import Node
from bulletin.lint.page.addresses import Address, address
from bulletin.lint.rules import ERROR, WARNING, Fault, Rule, rule

_LONGEST_ALT = 125
_OPENING = re.compile(
    r"(an? |the )?(image|picture|photo(graph)?|pic|graphic|screenshot|icon|illustration|drawing)"
    r" (of|showing|shows|for)\b"
)
_SAYS_NOTHING = frozenset(
    ("image", "img", "picture", "photo", "photograph", "pic", "graphic", "icon", "spacer", "blank", "alt", "text",
     "untitled", "placeholder", "banner", "header", "null", "undefined", "none", "alt text", "image alt text",
     "insert alt text", "image description", "logo image")
)  # fmt: skip
_FILE = re.compile(r"\S+\.(png|jpe?g|gif|svg|webp|bmp|tiff?|ico|avif|heic)|(img|dsc|image|pic|photo)[-_ ]?\d+")
_KINDS = frozenset({"png", "jpg", "jpeg", "gif"})
_ENDING = re.compile(r"\.([a-z0-9]{2,5})$")
_TALLEST = 1_700  # CSS pixels, above which Word cuts an image or a cell
_HEAVIEST = 100_000  # bytes of one image
_LEAST_TEXT = 500  # letters
_MOST_IMAGE = 0.4  # of the area
_SMALL = 5_000  # square pixels of all images, as a small logo: no message is made of these
_LETTER = 8 * 24  # square pixels that a letter of 16 px and its part of the line take
_WIDTH = 600  # of an email, in CSS pixels
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)


@rule(9, "alt", ERROR, "every image has an alt text that stands for it, empty where it only decorates")
def _alt(letter: Letter) -> Iterator[Fault]:
    for image in letter.tree.body.all("img", "area"):
        if image.tag == "area" and not image.get("href"):
            continue
        if "alt" not in image.attributes:
            if not _is_labelled(image):
                yield 'an image has no alt text: write one, or alt="" where it only decorates', image.start
            continue
        fault = _alt_fault(image)
        if fault:
            yield fault, image.start
    for node in letter.tree.body.all():
        if node.tag != "img" and node.get("role").strip().lower() == "img" and not node.get("aria-label").strip():
            yield "an element is called an image and has no aria-label that says what it shows", node.start


def _is_labelled(image: Node) -> bool:
    return bool(image.get("aria-label").strip())


def _alt_fault(image: Node) -> str:
    alt, said = image.get("alt"), plain(image.get("alt"))
    if not said:
        return 'an alt text is nothing but spaces: write alt=""' if alt else ""
    if image.get("role").strip().lower() in ("presentation", "none") or image.get("aria-hidden") == "true":
        return 'an image is called decoration and has an alt text all the same: write alt=""'
    if len(alt.strip()) > _LONGEST_ALT:
        return f"an alt text has {len(alt.strip())} letters: {_LONGEST_ALT} are the most"
    if _OPENING.match(said):
        return "an alt text says that it is an image, which screen readers say themselves: begin with what it shows"
    file = plain(unquote(address(image.get("src")).path.rpartition("/")[2]))
    if _FILE.fullmatch(said) or (file and said in (file, file.rpartition(".")[0])):
        return "an alt text is the name of a file: write what the image shows"
    return "an alt text says nothing: write what the image shows" if said.strip(". []:-") in _SAYS_NOTHING else ""


@rule(10, "linked-images", ERROR, "an image that alone is a link says where that leads")
def _linked_images(letter: Letter) -> Iterator[Fault]:
    for link in letter.tree.body.all("a"):
        images = list(link.all("img"))
        if link.get("href") and images and not name(link) and not is_unread(link, letter):
            yield "a link is an image without an alt text: write where it leads", images[0].start
    for area in letter.tree.body.all("area"):
        if area.get("href") and "alt" in area.attributes and not name_of_area(area):
            yield "a part of an image is a link without an alt text: write where it leads", area.start


def name_of_area(area: Node) -> str:
    """What a part of an image map is called."""
    return (area.get("aria-label") or area.get("alt")).strip()


@rule(28, "text-not-image", ERROR, "the email is text, and not one image")
def _text_not_image(letter: Letter) -> Iterator[Fault]:
    area = sum(_area(image, letter) for image in letter.tree.body.all("img") if not is_unread(image, letter))
    if area <= _SMALL:
        return
    letters = len(_seen(letter))
    share = area / (area + letters * _LETTER)
    if letters < _LEAST_TEXT:
        yield f"there are images and only {letters} letters of text: at least {_LEAST_TEXT} are text", ""
    if share > _MOST_IMAGE:
        yield f"images are {share:.0%} of the email: at most {_MOST_IMAGE:.0%}, for many readers do not see them", ""


def _seen(letter: Letter) -> str:
    """The text of the email without what is hidden."""
    pieces = []
    waiting: list[Node | str] = [letter.tree.body]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            pieces.append(piece)
        elif not piece.comment and piece.tag not in ("style", "script", "title"):
            said = letter.light.declared(piece)
            if said.get("display") != "none" and said.get("visibility") != "hidden":
                waiting.extend(reversed(piece.children))
    return " ".join("".join(pieces).split())


def _area(image: Node, letter: Letter) -> float:
    """How large an image is, in square CSS pixels; one that does not say is taken for a banner."""
    wide, high = _length(image, "width", letter), _length(image, "height", letter)
    if wide is None and high is None:
        return _WIDTH * _WIDTH / 2
    return min(wide or high or 0.0, _WIDTH) * (high if high is not None else min(wide or 0.0, _WIDTH))


def _length(node: Node, side: str, letter: Letter) -> float | None:
    """A side of an element in CSS pixels as styles or attributes say; None: neither does."""
    for said in (letter.light.declared(node).get(side, ""), node.get(side)):
        length = pixels(said.strip().lower(), 16.0, _WIDTH) if side == "width" else pixels(said.strip().lower())
        if said and length is not None:
            return length
    return None


@rule(47, "image-sizes", ERROR, "every image says its width and height, and nothing is taller than Word shows")
def _image_sizes(letter: Letter) -> Iterator[Fault]:
    for image in letter.tree.body.all("img"):
        missing = [side for side in ("width", "height") if not re.match(r"\s*\d", image.get(side))]
        if missing:
            yield f"an image has no {' and no '.join(missing)} attribute in numbers", image.start
        if (_length(image, "height", letter) or 0.0) > _TALLEST:
            yield f"an image is more than {_TALLEST:,} px tall: Word cuts it", image.start
    for node in letter.tree.body.all("table", "tr", "td", "th"):
        if (_length(node, "height", letter) or 0.0) > _TALLEST:
            yield f"a {node.tag} is more than {_TALLEST:,} px tall: Word cuts it", node.start, WARNING


@rule(48, "image-sources", ERROR, "images come from us over https, as png, jpg or gif, and are small")
def _image_sources(letter: Letter) -> Iterator[Fault]:
    hosts = letter.known.hosts if letter.known else None
    for node, written in _sources(letter):
        fault = _source_fault(address(written), hosts)
        if fault:
            yield fault, written if len(written) < 200 else node.start[:100]
    for part in letter.parts:
        if part.type.startswith("image/") and len(part.content) > _HEAVIEST:
            yield f"an image in the message has {len(part.content):,} bytes: at most {_HEAVIEST:,}", part.type


def _sources(letter: Letter) -> Iterator[tuple[Node, str]]:
    """Every address of an image, and the element that shows it."""
    for node in letter.tree.all():
        if node.tag in ("img", "image"):
            yield node, node.get("src") or node.get("xlink:href")
        if node.tag in ("img", "source") and node.get("srcset"):
            yield from ((node, one.split()[0]) for one in node.get("srcset").split(",") if one.strip())
        if "url(" in node.get("style").lower():
            yield from ((node, one) for said in declarations(node.get("style")) for one in _URL.findall(said.value))
    for sheet in letter.sheets:
        for one in sheet.rules:
            for said in one.declarations:
                yield from ((letter.tree.head, found) for found in _URL.findall(said.value))


def _source_fault(source: Address, hosts: frozenset[str] | None) -> str:
    if not source.written.strip():
        return "an image has no source"
    if source.scheme == "data":
        return "an image is written into the HTML (data:), which Outlook and Gmail do not show"
    if source.scheme == "cid":
        return "an image is attached (cid:): link to it on our own server"
    if not source.scheme:
        return ""  # not absolute: a fault of addresses
    if source.scheme != "https":
        return f"an image comes over {source.scheme}: it must come over https"
    if hosts is not None and source.host not in hosts:
        return (
            f"an image comes from {source.host or 'nowhere'}, which is not ours and would learn who reads the email"
        )
    ending = _ENDING.search(unquote(source.path).lower())
    if (
        ending
        and ending[1] not in _KINDS
        and ending[1] in ("svg", "webp", "avif", "bmp", "tif", "tiff", "ico", "heic")
    ):
        return f"an image is a .{ending[1]}, which Outlook does not show: png, jpg or gif"
    return ""


@rule(49, "outlook-images", WARNING, "what Outlook needs to show images in their size")
def _outlook_images(letter: Letter) -> Iterator[Fault]:
    comments = [node.words for node in letter.tree.comments]
    root = letter.tree.root
    if any(True for _ in letter.tree.body.all("img")):
        if not any(re.search(r"<o:PixelsPerInch>\s*96\s*<", words, re.IGNORECASE) for words in comments):
            yield "there are images and no <o:PixelsPerInch>96</o:PixelsPerInch> for Outlook, which enlarges them", ""
        used = {"o", "v"}
    else:
        used = {one for one in ("o", "v") if any(f"<{one}:" in words.lower() for words in comments)}
    for one in sorted(used):
        if f"xmlns:{one}" not in root.attributes:
            yield (
                f"the html element does not declare xmlns:{one}, without which Outlook ignores <{one}:...>",
                root.start,
            )


RULES: tuple[Rule, ...] = (_alt, _linked_images, _text_not_image, _image_sizes, _image_sources, _outlook_images)
