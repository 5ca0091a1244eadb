"""Take out of two answers what no two servers can share: the clock, ports,
folders and the name of the product.  What is left must be equal."""
import re
from email.utils import parsedate_to_datetime

HTTP_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
PRODUCT = {"apache": r"Apache(/[\w.]+)?( \([\w ]+\))?",
           "cleat": r"Cleat(/[\w.]+)?( \([\w ]+\))?"}
KINDS = ("apache", "cleat")


def seconds(text):
    return int(parsedate_to_datetime(text).timestamp())


def plain_text(text, answer, kind):
    """Port, folder and product replaced by words of fixed length."""
    text = text.replace(str(answer.port), "PPPPP")
    text = text.replace(answer.root, answer.root[:-1] + "x")
    return re.sub(PRODUCT[kind] + r"(?= Server at| proxied by)", "PRODUCT",
                  text)


def boundary_of(response):
    found = re.match(r"multipart/byteranges; boundary=(\w+)$",
                     response.get("Content-Type") or "")
    return found[1] if found else None


def plain_fields(response, answer, kind):
    """Header fields with dates relative to Date and product names out."""
    now = response.get("Date")
    fields = []
    for name, value in response.headers:
        lower = name.lower()
        if lower == "date" and HTTP_DATE.fullmatch(value):
            value = "DATE"
        elif lower == "server":
            value = re.sub("^" + PRODUCT[kind], "PRODUCT", value)
        elif lower == "expires" and now and HTTP_DATE.fullmatch(value):
            value = f"Date{seconds(value) - seconds(now):+d}"
        elif lower == "content-type" and boundary_of(response):
            value = "multipart/byteranges; boundary=BOUNDARY"
        else:
            value = plain_text(value, answer, kind)
        fields.append((name, value))
    return fields


def plain_body(response, answer, kind):
    text = response.body.decode("latin-1")
    if boundary_of(response):
        text = text.replace(boundary_of(response), "BOUNDARY")
    if response.status >= 300 or "<address>" in text:
        text = plain_text(text, answer, kind)
    else:
        text = text.replace(str(answer.port), "PPPPP")
    return text


def plain(answer, kind):
    """A dictionary per response, comparable and printable."""
    shown = []
    for response in answer.responses:
        fields = plain_fields(response, answer, kind)
        body = plain_body(response, answer, kind)
        if len(body) != len(response.body):     # a shorter product name
            fields = [(k, str(len(body)) if v == str(len(response.body))
                       and k == "Content-Length" else v) for k, v in fields]
        shown.append({
            "version": response.version, "status": response.status,
            "reason": response.reason, "fields": fields, "body": body,
            "trailers": response.trailers,
            "interim": [(i.status, i.headers) for i in response.interim]})
    return {"responses": shown, "closed": answer.closed,
            "rest": plain_text(answer.rest.decode("latin-1"), answer, kind)}
