"""Differences to httpd that are meant, each with its reason.

A rule gets the case and both answers in plain form (normal.plain) and
returns True when it found its difference and took it out of both sides.
Rules are narrow: they name the fields they touch and check both sides.
"""
import re

RULES = []


def rule(reason):
    """Register a function as an intended difference."""
    def register(function):
        function.reason = reason
        function.used = 0
        RULES.append(function)
        return function
    return register


def pairs(ours, theirs):
    return zip(ours["responses"], theirs["responses"])


def field_of(response, name):
    for key, value in response["fields"]:
        if key.lower() == name.lower():
            return value
    return None


def drop(response, name):
    response["fields"] = [(k, v) for k, v in response["fields"]
                          if k.lower() != name.lower()]


CANNED = re.compile(
    r'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" '
    r'"http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n'
    r"<title>(?P<title>[^<]*)</title>\n</head><body>\n"
    r"<h1>(?P<h1>[^<]*)</h1>\n(?P<text>.*?)"
    r"(?P<end>(<hr>\n<address>[^\n]*</address>\n)?</body></html>\n)$", re.S)


def skeleton(body):
    """What must be equal in an error page: all but the sentences."""
    found = CANNED.match(body)
    if not found:
        return None
    text = found["text"]
    return (found["title"], found["h1"], found["end"],
            re.findall(r'href="[^"]*"', text), text.count("<p>"))


@rule("the sentences of canned error pages are our own; title, heading, "
      "links and signature are the same")
def canned_text(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if a["body"] == c["body"] or a["status"] < 300:
            continue
        bone = skeleton(a["body"])
        if bone and bone == skeleton(c["body"]):
            a["body"] = c["body"] = repr(bone)
            used = True
            for side in (a, c):
                side["fields"] = [
                    (k, "LENGTH" if k == "Content-Length" else v)
                    for k, v in side["fields"]]
    return used
