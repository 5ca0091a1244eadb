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


def first(side):
    """The first response; an empty one when nothing was answered."""
    return side["responses"][0] if side["responses"] \
        else {"status": 0, "fields": [], "body": ""}


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
    return (found["title"], found["h1"], found["end"],
            re.findall(r'href="[^"]*"', found["text"]))


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


@rule("the order of names in Allow: httpd's is that of a hash with a random "
      "seed, ours is fixed; the set is the same")
def allow_order(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        one, two = field_of(a, "Allow"), field_of(c, "Allow")
        if one and two and one != two \
                and sorted(one.split(",")) == sorted(two.split(",")):
            a["fields"] = [(k, two if k == "Allow" else v)
                           for k, v in a["fields"]]
            used = True
    return used


@rule("TRACE: our answer has a Content-Length, httpd's is chunked")
def trace_length(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if (field_of(a, "Content-Type") == "message/http"
                and field_of(a, "Transfer-Encoding") == "chunked"
                and field_of(c, "Content-Length") == str(len(c["body"]))):
            drop(a, "Transfer-Encoding")
            drop(c, "Content-Length")
            used = True
    return used


def statuses(side):
    return [r["status"] for r in side["responses"]]


def take(theirs, ours, pair):
    """True, and both sides made equal, if the statuses are that pair."""
    if (statuses(theirs), statuses(ours)) != ([pair[0]], [pair[1]]):
        return False
    ours.clear()
    ours.update(theirs)
    return True


def target_of(one):
    return one.request_line.split(" ")[1]


BAD_TARGET = re.compile(r"https?:/?(/?/?|//:\d*)(/[^/].*)?$"
                        r"|[a-z]+://[^/]*:\d{6,}/|[a-z]+://[^/]*:[7-9]\d{4}/"
                        r"|\?")


@rule("RFC 9110 4.2.1 and RFC 9112 3.2: a target without host, with a port "
      "above 65535 or not beginning with \"/\" is a 400; httpd serves it")
def bad_target(one, theirs, ours):
    return bool(BAD_TARGET.match(target_of(one))) and (
        take(theirs, ours, (200, 400)) or take(theirs, ours, (404, 400)))


@rule("RFC 9110 15.6.6: a major version other than 1 cannot be answered in "
      "its own framing, so it is refused with 505; httpd serves it as 1.1")
def major_version(one, theirs, ours):
    return bool(one.raw and re.match(rb"\S+ \S+ HTTP/[2-9]\.", one.raw)) \
        and take(theirs, ours, (200, 505))


def range_of(one):
    for line in one.fields:
        name, _, value = line.partition(":")
        if name.lower() in ("range", "request-range"):
            return value.strip()
    return ""


@rule("RFC 9110 14.2: Range has a meaning for GET only; httpd also cuts "
      "the answers to HEAD and POST")
def range_method(one, theirs, ours):
    return one.method in ("HEAD", "POST") and (
        take(theirs, ours, (206, 200)) or take(theirs, ours, (416, 200)))


@rule("RFC 9110 14.3: with MaxRanges none (Accept-Ranges: none) Range is not "
      "looked at; httpd still answers 416 to one beyond the end")
def range_none(one, theirs, ours):
    return field_of(first(ours), "Accept-Ranges") == "none" \
        and take(theirs, ours, (416, 200))


@rule("MaxRangeOverlaps counts a range that begins again at byte 0 too; "
      "httpd forgets it when the first range is the whole file")
def range_whole_overlap(one, theirs, ours):
    return range_of(one) == "bytes=0-,0-" and take(theirs, ours, (206, 200))


@rule("RFC 9110 5.6.1: white space and empty elements in the list of ranges "
      "are allowed; httpd ignores the field")
def range_list(one, theirs, ours):
    return bool(re.match(r"bytes=(.*, |.* ,|,| )", range_of(one))) \
        and take(theirs, ours, (200, 206))


@rule("417: both close the connection; we also say so")
def expectation_close(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if c["status"] == a["status"] == 417 \
                and not field_of(a, "Connection") \
                and field_of(c, "Connection") == "close":
            drop(c, "Connection")
            used = True
    return used


@rule("416 carries Content-Range with the length, RFC 9110 15.5.17")
def range_length(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if c["status"] == a["status"] == 416 and re.match(
                r"bytes \*/\d+$", field_of(c, "Content-Range") or ""):
            drop(c, "Content-Range")
            used = True
    return used


def has(one, *patterns):
    """Do all patterns occur in the case's header lines (or raw bytes)?"""
    text = "\n".join(one.fields) if one.raw is None \
        else one.raw.decode("latin-1").replace("\r\n", "\n")
    return all(re.search(p, text, re.M) for p in patterns)


@rule("RFC 9110 13.2.2: If-Match switches If-Unmodified-Since off and "
      "If-None-Match switches If-Modified-Since off, If-Unmodified-Since "
      "does not; httpd looks at all")
def conditions_order(one, theirs, ours):
    if has(one, r"^If-Match: \*", "^If-Unmodified-Since: "):
        return take(theirs, ours, (412, 200))
    return (has(one, r"^If-None-Match: \*", "^If-(M|Unm)odified-Since: ")
            or has(one, "^If-Modified-Since: ", "^If-Unmodified-Since: ")) \
        and take(theirs, ours, (200, 304))


def framing(one, theirs, ours, pair, *patterns):
    return one.raw is not None and has(one, *patterns) \
        and take(theirs, ours, pair)


@rule("RFC 9112 6.3: both Transfer-Encoding and Content-Length is how "
      "requests are smuggled: refused unless HttpProtocolOptions Unsafe")
def two_framings(one, theirs, ours):
    return framing(one, theirs, ours, (200, 400), "^Transfer-Encoding: ",
                   "^Content-Length: ")


@rule("RFC 9112 6.1: Transfer-Encoding in an HTTP/1.0 request is faulty")
def coding_in_http10(one, theirs, ours):
    return framing(one, theirs, ours, (200, 400), r" HTTP/1\.0$",
                   "^Transfer-Encoding: ")


@rule("RFC 9112 6.1: a coding we do not know below chunked is a 501; httpd "
      "hands the coded bytes on as if they were the body")
def coding_unknown(one, theirs, ours):
    return framing(one, theirs, ours, (200, 501),
                   "^Transfer-Encoding: gzip, chunked$")


@rule("RFC 9112 6.1: chunked must not be applied twice")
def chunked_twice(one, theirs, ours):
    return framing(one, theirs, ours, (200, 400),
                   "^Transfer-Encoding: chunked\nTransfer-Encoding: chunked$")


@rule("a chunk size above 2^63 is a bad request for us, too large for httpd")
def chunk_size_overflow(one, theirs, ours):
    return framing(one, theirs, ours, (413, 400), "^f{17,}$")


@rule("an error page after a body that could not be read has a length here; "
      "httpd lets the end of the connection end it")
def length_after_bad_body(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if (a["status"] == c["status"] in (400, 413)
                and not field_of(a, "Content-Length")
                and field_of(c, "Content-Length")
                and theirs["closed"] and ours["closed"]):
            drop(c, "Content-Length")
            used = True
    return used


@rule("RFC 9110 10.1.1: an error that needs no body comes instead of 100 "
      "Continue and closes; httpd first asks for the body it throws away")
def no_continue_for_errors(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if (has(one, "^Expect: 100-continue") and a["interim"] == [(100, [])]
                and a["status"] == c["status"] >= 300 and not c["interim"]
                and field_of(c, "Connection") == "close"):
            a["interim"] = []
            drop(c, "Connection")
            used = True
    return used


@rule("RFC 9112 3.2.2: the host of an absolute target counts whatever its "
      "scheme; httpd takes Host when the first virtual host's ServerName "
      "begins with https")
def target_host_counts(one, theirs, ours):
    def hosts(side):
        return [field_of(r, "X-Host") for r in side["responses"]]

    asked = re.match(r"http://([a-z.]+)/", target_of(one))
    if not asked or hosts(theirs) == hosts(ours):
        return False
    return bool(re.match(r"(https://)?" + re.escape(asked[1]) + r"(:8443)?$",
                         (hosts(ours) or [""])[0] or "")) \
        and (take(theirs, ours, (404, 200)) or take(theirs, ours, (200, 404)))


@rule("FileETag +x and -x change the inherited setting, by default MTime "
      "Size, as the manual says; httpd forgets the default")
def etag_increment(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        tags = [field_of(a, "ETag") or "", field_of(c, "ETag") or ""]
        with_inode = re.fullmatch(re.escape(tags[0][:-1])
                                  + r"-[0-9a-f]+-[0-9a-f]+\"", tags[1])
        no_time = re.fullmatch(re.escape(tags[1][:-1]) + r"-[0-9a-f]+\"",
                               tags[0])
        if tags[0] != tags[1] and re.match(r".*/d1[01]/", target_of(one)) \
                and (with_inode or no_time):
            drop(a, "ETag")
            drop(c, "ETag")
            used = True
    return used


@rule("a 304 has no Content-Type (RFC 9110 15.4.5), not even one that "
      "mod_headers set")
def not_modified_type(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if a["status"] == c["status"] == 304 and field_of(a, "Content-Type") \
                and not field_of(c, "Content-Type"):
            drop(a, "Content-Type")
            used = True
    return used


@rule("Content-Type comes last, wherever mod_headers has put it")
def type_is_last(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if a["fields"] != c["fields"] and c["fields"] == sorted(
                a["fields"], key=lambda f: f[0] == "Content-Type"):
            a["fields"] = c["fields"]
            used = True
    return used


@rule("Nonfatal=Override passes over a whole section in .htaccess; httpd "
      "passes over its first line and then trips over its end")
def nonfatal_section(one, theirs, ours):
    return one.group in ("override-Nonfatal=Override", "override-Nonfatal=All"
                         ) and take(theirs, ours, (500, 200))


@rule("an expression function may have an empty argument, %{md5:}; httpd "
      "refuses it unless the name is quoted")
def expr_empty_argument(one, theirs, ours):
    return one.group == "expr-functions" \
        and bool(re.match("/d3[5-8]/", target_of(one))) \
        and (take(theirs, ours, (500, 200)) or take(theirs, ours, (500, 404)))


@rule("/x/m is documented for regular expressions; httpd knows i and s only")
def expr_multiline(one, theirs, ours):
    return one.group in ("expr-if", "expr-header") \
        and target_of(one).startswith("/d39/") \
        and (take(theirs, ours, (500, 200)) or take(theirs, ours, (500, 404)))


@rule("a file that does not exist has no owner, group or age; httpd says "
      "root and 1970")
def expr_missing_file(one, theirs, ours):
    if one.group != "expr-variables" or "/none" not in target_of(one):
        return False
    used = False
    for a, c in pairs(theirs, ours):
        if field_of(a, "X-V") in ("[root]", "[19700101000000]") \
                and field_of(c, "X-V") == "[]":
            drop(a, "X-V")
            drop(c, "X-V")
            used = True
    return used


@rule("<RequireAll> with negative lines only refuses everyone; in .htaccess "
      "we say so (500), as both do in the server's files")
def only_negative(one, theirs, ours):
    return one.group == "authz" and take(theirs, ours, (403, 500))


@rule("401: the place of WWW-Authenticate among fields set by mod_headers")
def challenge_place(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if (a["status"] == c["status"] == 401 and a["fields"] != c["fields"]
                and sorted(a["fields"]) == sorted(c["fields"])):
            a["fields"] = c["fields"]
            used = True
    return used


@rule("DirectoryIndexRedirect keeps the query; httpd loses it")
def index_redirect_query(one, theirs, ours):
    if not one.group.startswith("dir"):
        return False
    a, c = first(theirs), first(ours)
    query = "?" + target_of(one).partition("?")[2]
    there, here = field_of(a, "Location"), field_of(c, "Location")
    if not there or here != there + query or a["status"] != c["status"]:
        return False
    return take(theirs, ours, (a["status"], c["status"]))


@rule("UserDir with a URL works as the manual says: without * the name is "
      "added, what follows * is kept; httpd takes the first for a path and "
      "drops the second")
def userdir_url(one, theirs, ours):
    if not re.match("userdir-(3|5|11|12)$", one.group) or not re.match(
            "http://x.example/", field_of(first(ours), "Location")
            or ""):
        return False
    return any(take(theirs, ours, (status, 302))
               for status in (200, 301, 302, 403, 404))


@rule("a relative FallbackResource that leads to itself is a 404, not a 500")
def fallback_loop(one, theirs, ours):
    return one.group == "dir" and target_of(one) == "/d24/none/more?q" \
        and take(theirs, ours, (500, 404))


@rule("a status no one knows becomes 500 and closes, as every 500 does; "
      "httpd keeps the connection for it")
def unknown_status_closes(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.group == "alias-33" and a["status"] == c["status"] == 500 \
                and field_of(c, "Connection") == "close" \
                and not field_of(a, "Connection"):
            drop(c, "Connection")
            ours["closed"] = theirs["closed"]
            used = True
    return used


@rule("the ETag of a negotiated answer is that of the variant; httpd adds "
      "that of the list, but forgets the closing quote (RFC 9110 8.8.3)")
def negotiated_etag(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        found = re.fullmatch(r'(?:W/)?("[0-9a-f-]+);[0-9a-f-]+',
                             field_of(a, "ETag") or "")
        if found and re.sub("^W/", "", field_of(c, "ETag") or "") \
                == found[1] + '"':
            drop(a, "ETag")
            drop(c, "ETag")
            used = True
    return used


@rule("the byte of a gzip header that tells how hard the compressor tried "
      "(RFC 1952, XFL) tells the truth")
def gzip_effort(_, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        start = "\x1f\x8b\x08\0\0\0\0\0"
        if a["body"].startswith(start + "\0") \
                and c["body"].startswith((start + "\2", start + "\4")):
            c["body"] = start + "\0" + c["body"][9:]
            used = True
    return used


@rule("HEAD for an empty file says Content-Length: 0, also when a filter "
      "has looked at it")
def head_empty(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.method == "HEAD" and field_of(c, "Content-Length") == "0" \
                and field_of(a, "Content-Length") is None:
            drop(c, "Content-Length")
            used = True
    return used


@rule("a body that the filter DATA has rewritten does not keep its strong "
      "ETag (RFC 9110 8.8.1)")
def data_etag(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.group == "plain-filters" and field_of(a, "ETag") \
                and not field_of(c, "ETag"):
            drop(a, "ETag")
            used = True
    return used


@rule("FilterChain -name removes a filter of the outer sections, as the "
      "manual says; httpd still runs it")
def filter_removed(one, theirs, ours):
    return one.group == "chain-removed" and target_of(one) == "/page.html" \
        and field_of(first(theirs), "Content-Encoding") == "gzip" \
        and not field_of(first(ours), "Content-Encoding") \
        and (take(theirs, ours, (200, 200)) or take(theirs, ours, (206, 206)))


@rule("behind DATA, HEAD and Range are answered for the body that GET has "
      "(RFC 9110 9.3.2); httpd's are for the file, or ignored")
def data_other_methods(one, theirs, ours):
    if one.group != "plain-filters" or not re.match(
            "/d(4|5|14)/", target_of(one)):
        return False
    return (one.method == "HEAD" and take(theirs, ours, (200, 200))) \
        or (range_of(one) != "" and take(theirs, ours, (200, 206)))


@rule("INFLATE: the length of a body that is known when the header goes out")
def inflate_length(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.group == "inflate" \
                and field_of(a, "Transfer-Encoding") == "chunked" \
                and field_of(c, "Content-Length") == str(len(c["body"])):
            drop(a, "Transfer-Encoding")
            drop(c, "Content-Length")
            used = True
    return used


@rule("FilterProtocol change=yes and byteranges=no have the effect the manual "
      "describes: no ETag of the unfiltered body, Accept-Ranges: none")
def filter_protocol(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.group == "chain-protocol" and field_of(a, "ETag") \
                and not field_of(c, "ETag") \
                and field_of(a, "Accept-Ranges") == "bytes" \
                and field_of(c, "Accept-Ranges") == "none":
            for side in (a, c):
                for name in ("ETag", "Accept-Ranges"):
                    drop(side, name)
                side["fields"].sort()
            used = True
    return used


@rule("what DATA made of a tiny file is too short for DEFLATE, as any other "
      "tiny body is; httpd compresses it")
def data_tiny(one, theirs, ours):
    return one.group == "plain-filters" and re.match(
        "/d5/(small|empty)", target_of(one)) \
        and field_of(first(theirs), "Content-Encoding") == "gzip" \
        and take(theirs, ours, (200, 200))


@rule("HTTP/1.0: the place of Vary among the fields")
def vary_place(one, theirs, ours):
    used = False
    for a, c in pairs(theirs, ours):
        if one.request_line.endswith("/1.0") and a["fields"] != c["fields"] \
                and sorted(a["fields"]) == sorted(c["fields"]) \
                and field_of(a, "Vary"):
            a["fields"] = c["fields"]
            used = True
    return used


@rule("an asis file whose header section is malformed: we send the rest of "
      "the file, httpd nothing; both log an error")
def asis_malformed(one, theirs, ours):
    return one.group == "asis" and re.match(
        "/(bad|fold|hdronly).asis", target_of(one)) \
        and (take(theirs, ours, (200, 200)) or take(theirs, ours, (200, 206)))
