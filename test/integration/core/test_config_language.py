"""The configuration language: conditions, defines, includes, macros,
quoting, and what the server says about a broken line."""
import re

import pytest

REACHED = 'Error "reached"'


def check_config(serve, text, *arguments, files=None, **kwargs):
    """Run -t over text; returns its exit code and what it printed."""
    server = serve(text, kwargs.pop("modules", ["authz_core"]), run=False,
                   **kwargs)
    for name, content in (files or {}).items():
        path = server.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(server.fill(content))
    result = server.run("-t", *arguments)
    return result.returncode, result.stdout + result.stderr


def wrap(opening, text=REACHED):
    name = re.match(r"<(\w+)", opening).group(1)
    return f"{opening}\n{text}\n</{name}>\n"


CONDITIONS = [
    ("<IfDefine A>", "Define A", True),
    ("<IfDefine A>", "", False),
    ("<IfDefine !A>", "", True),
    ("<IfDefine !A>", "Define A x", False),
    ("<IfDefine A>", "Define A\nUnDefine A", False),
    ("<IfDefine a>", "Define A", False),
    ("<IfModule core.c>", "", True),
    ("<IfModule core_module>", "", True),
    ("<IfModule authz_core_module>", "", True),
    ("<IfModule mod_authz_core.c>", "", True),
    ("<IfModule mod_authz_core>", "", False),
    ("<IfModule !mod_nope.c>", "", True),
    ("<IfModule mod_nope.c>", "", False),
    ("<IfModule !core.c>", "", False),
    ("<IfModule prefork.c>", "", True),
    ("<IfModule mpm_prefork_module>", "", True),
    ("<IfVersion >= 2.4>", "", True),
    ("<IfVersion 2.4.71>", "", True),
    ("<IfVersion = 2.4.71>", "", True),
    ("<IfVersion == 2.4.70>", "", False),
    ("<IfVersion > 2.4.71>", "", False),
    ("<IfVersion < 2.5>", "", True),
    ("<IfVersion <= 2.4.71>", "", True),
    ("<IfVersion !< 2.4>", "", True),
    ("<IfVersion ~ ^2\\.4>", "", True),
    ("<IfVersion = /^2\\.2/>", "", False),
    ("<IfFile {root}/server.conf>", "", True),
    ("<IfFile server.conf>", "", True),
    ("<IfFile !server.conf>", "", False),
    ("<IfFile {root}/nope>", "", False),
    ('<IfFile "{root}/nope">', "", False),
    ("<IfDirective Require>", "", True),
    ("<IfDirective DocumentRoot>", "", True),
    ("<IfDirective NoSuchThing>", "", False),
    ("<IfDirective !NoSuchThing>", "", True),
    ("<IfSection Directory>", "", True),
    ("<IfSection IfModule>", "", True),
    ("<IfSection NoSuchSection>", "", False),
    ("<IfSection !NoSuchSection>", "", True),
]


@pytest.mark.parametrize("opening, before, reached", CONDITIONS)
def test_condition(serve, opening, before, reached):
    code, output = check_config(serve, f"{before}\n{wrap(opening)}")
    assert ("reached" in output) == reached, output
    assert (code != 0) == reached, output


@pytest.mark.parametrize("text", [
    wrap("<IfDefine !A>", wrap("<IfModule core.c>")),
    wrap("<IfModule core.c>", wrap("<IfVersion >= 2.4>")),
    "  \t" + REACHED,
    "eRROR reached",
    "Error \\\nreached",
    "Er\\\nror reached",
    "# a comment \\\nthat goes on\nError reached",
    "<ifdefine !A>\n" + REACHED + "\n</IFDEFINE>",
    wrap("<IfDefine A>", "NoSuchThing\n<NoSuchSection>\n</NoSuchSection>")
    + REACHED,
])
def test_reached(serve, text):
    assert "reached" in check_config(serve, text)[1]


DEFINES = [
    ("Define A value", "${A}", "value"),
    ("Define A 'two words'", "${A}", "two words"),
    ("Define A x\nDefine A y", "${A}", "y"),
    ("Define A x\nDefine B ${A}y", "${B}", "xy"),
    ("Define A", "[${A}]", "[${A}]"),
    ("Define A x", "${A}${A}-${A}", "xx-x"),
    ("Define A x", "$A {A} $ {A}", "$A {A} $ {A}"),
    ("", "${NEVER_DEFINED}", "${NEVER_DEFINED}"),
    ("", "${FROM_ENVIRONMENT}", "environment"),
    ("Define FROM_ENVIRONMENT define", "${FROM_ENVIRONMENT}", "define"),
    ("Define A x\nUnDefine A", "${A}", "${A}"),
    ("Define A 1\n<IfDefine A>\nDefine B two\n</IfDefine>", "${B}", "two"),
]


@pytest.mark.parametrize("before, text, expected", DEFINES)
def test_define(serve, before, text, expected):
    _, output = check_config(serve, f'{before}\nError "<{text}>"\n',
                             env={"FROM_ENVIRONMENT": "environment"})
    assert f"<{expected}>" in output


@pytest.mark.parametrize("arguments, text, code, pattern", [
    (["-D", "A"], wrap("<IfDefine A>"), 1, "reached"),
    (["-DA"], wrap("<IfDefine A>"), 1, "reached"),
    (["-C", "Define A first"], "Error <${A}>", 1, "<first>"),
    (["-c", "Error last"], "", 1, "last"),
    (["-C", "Define A 1", "-c", "Error <${A}>"], "Define A 2", 1, "<2>"),
    (["-C", "NoSuchThing"], "", 1, "NoSuchThing"),
    (["-c", "NoSuchThing"], "", 1, "NoSuchThing"),
    (["-e", "debug"], "", 0, "Syntax OK"),
    ([], "", 0, "Syntax OK"),
])
def test_command_line(serve, arguments, text, code, pattern):
    got, output = check_config(serve, text, *arguments)
    assert pattern in output
    assert (got != 0) == (code != 0)


@pytest.mark.parametrize("line, files, expected", [
    ("Include {root}/one.conf", {"one.conf": "Error one"}, "one"),
    ("Include one.conf", {"one.conf": "Error one"}, "one"),
    ('Include "{root}/with space.conf"',
     {"with space.conf": "Error spaced"}, "spaced"),
    ("Include {root}/d/*.conf", {"d/b.conf": "Error <${A}>",
                                 "d/a.conf": "Define A a-is-first"},
     "<a-is-first>"),
    ("Include {root}/d", {"d/b": "Error <${A}>", "d/a": "Define A a"}, "<a>"),
    ("Include {root}/d/*/x.conf", {"d/1/x.conf": "Define A 1",
                                   "d/2/x.conf": "Error <${A}>"}, "<1>"),
    ("Include {root}/d/[ab].conf", {"d/c.conf": "Error c", "d/b.conf":
                                    "Error b"}, "b"),
    ("Include {root}/d/?.conf", {"d/xy.conf": "Error xy",
                                 "d/z.conf": "Error z"}, "z"),
    ("IncludeOptional {root}/nope/*.conf\nError done", {}, "done"),
    ("IncludeOptional {root}/nope.conf\nError done", {}, "done"),
    ("Include {root}/d/*.conf", {}, "(?i)could not open.*no such file"),
    ("Include {root}/nope.conf", {}, "nope.conf"),
    ("Include {root}/loop.conf", {"loop.conf": "Include {root}/loop.conf"},
     "include each other"),
    ("Include {root}/a.conf", {"a.conf": "<Directory />\n"}, "Directory"),
])
def test_include(serve, line, files, expected):
    code, output = check_config(serve, line, files=files)
    assert code != 0
    assert re.search(expected, output), output


MACRO = """<Macro Say $what $who>
Error "<$what, $who>"
</Macro>
"""


@pytest.mark.parametrize("text, expected", [
    (MACRO + "Use Say hello you", "<hello, you>"),
    (MACRO + "Use say 'good morning' you", "<good morning, you>"),
    (MACRO + "Use Say hello", "(?i)say.*argument|parameter"),
    (MACRO + "Use Nope", "(?i)nope.*"),
    (MACRO + "UndefMacro Say\nUse Say a b", "(?i)say"),
    ("<Macro Outer $x>\nUse Inner $x-$x\n</Macro>\n"
     "<Macro Inner $y>\nError \"<$y>\"\n</Macro>\nUse Outer o", "<o-o>"),
    ("<Macro M ${x} %y>\nError \"<${x}%y>\"\n</Macro>\nUse M 1 2", "<12>"),
])
def test_macro(serve, text, expected):
    code, output = check_config(serve, text, modules=["authz_core", "macro"])
    assert code != 0
    assert re.search(expected, output), output


# text of broken.conf, line that is to blame, patterns of the message
BROKEN = [
    ("\n\nNoSuchThing x\n", 3, ["NoSuchThing"]),
    ("DocumentRot /tmp\n", 1, ["DocumentRot", "DocumentRoot"]),
    ("KeepAlveTimeout 4\n", 1, ["KeepAliveTimeout"]),
    ("RewriteEngine On\n", 1, ["RewriteEngine", "mod_rewrite"]),
    ("SSLEngine On\n", 1, ["SSLEngine", "mod_ssl"]),
    ("ProxyPass / http://x/\n", 1, ["ProxyPass", "mod_proxy"]),
    ("Header set A b\n", 1, ["Header", "mod_headers"]),
    ("<Directory />\nListen 1\n</Directory>\n", 2, ["Listen",
                                                    "(?i)not allowed"]),
    ("<VirtualHost *>\nPidFile x\n</VirtualHost>\n", 2, ["PidFile"]),
    ("Options All\nAllowOverride None\n", 2, ["AllowOverride"]),
    ("Timeout\n", 1, ["Timeout"]),
    ("Timeout a b\n", 1, ["Timeout"]),
    ("Timeout abc\n", 1, ["Timeout|timeout"]),
    ("KeepAlive maybe\n", 1, ["KeepAlive", "On"]),
    ("Options Nope\n", 1, ["Nope"]),
    ("Options +Indexes FollowSymLinks\n", 1, ["Options"]),
    ("<Directory />\n", 1, ["Directory", "(?i)clos"]),
    ("</Directory>\n", 1, ["Directory"]),
    ("<Directory />\n</Location>\n", 2, ["Location", "Directory"]),
    ("<Directory />\n</Directory\n", 2, ["Directory"]),
    ("<Directory /\n</Directory>\n", 1, ["Directory", ">"]),
    ("<Directory>\n</Directory>\n", 1, ["Directory"]),
    ("<NoSuchSection>\n</NoSuchSection>\n", 1, ["NoSuchSection"]),
    ("<DirectoryMatch (>\n</DirectoryMatch>\n", 1, ["(?i)regular|regex"]),
    ("<LocationMatch (>\n</LocationMatch>\n", 1, ["(?i)regular|regex"]),
    ("<If \"%{X\">\n</If>\n", 1, ["(?i)condition|expression"]),
    ("<If \"1 ==\">\n</If>\n", 1, ["(?i)condition|expression"]),
    ("<If \"%{NO_SUCH} == 'x'\">\n</If>\n", 1, ["NO_SUCH"]),
    ("<Else>\n</Else>\n", 1, ["Else"]),
    ("<IfVersion nope>\n</IfVersion>\n", 1, ["(?i)version"]),
    ("ErrorDocument 99 x\n", 1, ["99"]),
    ("ErrorDocument abc x\n", 1, ["abc"]),
    ("LogLevel loud\n", 1, ["(?i)loglevel|level"]),
    ("LogLevel nope:debug\n", 1, ["nope"]),
    ("ServerName x:99999\n", 1, ["ServerName", "65535"]),
    ("Listen 70000\n", 1, ["(?i)port"]),
    ("Listen abc\n", 1, ["(?i)port|address"]),
    ("Listen\n", 1, ["Listen"]),
    ("LoadModule x_module {root}/nope.so\n", 1, ["nope.so"]),
    ("LoadModule x_module {modules}/mod_dir.so\n", 1, ["x_module"]),
    ("LoadModule x_module\n", 1, ["LoadModule"]),
    ("DocumentRoot {root}/nope\n", 1, ["nope"]),
    ("LimitRequestLine -1\n", 1, ["LimitRequestLine"]),
    ("LimitRequestFields x\n", 1, ["LimitRequestFields"]),
    ("LimitRequestBody -1\n", 1, ["LimitRequestBody"]),
    ("MaxRanges 0\n", 1, ["MaxRanges"]),
    ("HttpProtocolOptions Nope\n", 1, ["HttpProtocolOptions|Nope"]),
    ("TraceEnable x\n", 1, ["TraceEnable"]),
    ("FileETag Nope\n", 1, ["Nope|FileETag"]),
    ("AllowEncodedSlashes x\n", 1, ["AllowEncodedSlashes"]),
    ("<Directory />\nAllowOverride Nope\n</Directory>\n", 2, ["Nope"]),
    ("<Directory />\nAllowOverrideList Nope\n</Directory>\n", None, []),
    ("<Limit NOPE>\n</Limit>\n", 1, ["NOPE"]),
    ("<Location />\n<Limit GET>\n<Directory />\n</Directory>\n</Limit>\n"
     "</Location>\n", 3, ["Directory"]),
    ("<Limit GET>\n</Limit>\n", 1, ["Limit", "(?i)not allowed"]),
    ("Define A:B x\n", 1, ["(?i)define|:"]),
    ("Error 'in quotes'\n", 1, ["\nin quotes\n"]),
    ("ServerTokens Nope\n", 1, ["ServerTokens|Nope"]),
    ("UseCanonicalName x\n", 1, ["UseCanonicalName"]),
    ("Require nope\n", 1, ["Require"]),
    ("<Directory />\nRequire nope\n</Directory>\n", 2, ["nope"]),
    ("User no-such-user-here\n", 1, ["no-such-user-here"]),
    ("Group no-such-group-here\n", 1, ["no-such-group-here"]),
    ("Error \"said by hand\"\n", 1, ["said by hand"]),
    ("Error\n", 1, ["Error"]),
    ("Mutex nope:x\n", 1, ["(?i)mutex"]),
    ("Protocol\n", 1, ["Protocol"]),
    ("Timeout \"5\n", None, []),
]


@pytest.mark.parametrize("text, line, patterns", BROKEN,
                         ids=[row[0].strip()[:40].replace("\n", " ")
                              for row in BROKEN])
def test_broken(serve, text, line, patterns):
    code, output = check_config(serve, "Include {root}/broken.conf",
                                files={"broken.conf": text})
    if line is None:
        return
    assert code != 0, output
    assert re.search(rf"\bline {line} of \S*/broken\.conf", output) \
        or re.search(rf"/broken\.conf:{line}\b", output), output
    for pattern in patterns:
        assert re.search(pattern, output), output


def test_message_names_the_allowed_places(serve):
    _, output = check_config(serve, "<Directory />\nPidFile x\n</Directory>")
    assert re.search(r"(?i)PidFile.*(only|server config|main|top level)",
                     output, re.S), output


def test_message_names_the_line_of_a_macro(serve):
    """The use is named, and so is the line inside the macro."""
    _, output = check_config(
        serve, "Include {root}/m.conf", modules=["authz_core", "macro"],
        files={"m.conf": "<Macro M>\n\nNoSuchThing\n</Macro>\nUse M\n"})
    assert "NoSuchThing" in output and "m.conf" in output


def test_config_file_that_is_not_there(serve):
    server = serve("", run=False)
    server.config_file = server.root / "nope.conf"
    result = server.run("-t")
    assert result.returncode != 0
    assert "nope.conf" in result.stderr


def test_config_file_that_is_a_directory(serve):
    server = serve("", run=False)
    server.config_file = server.docroot
    server.docroot.joinpath("x.conf").write_text("Error from-directory")
    result = server.run("-t")
    assert result.returncode != 0


def test_very_long_line(serve):
    code, output = check_config(serve, "Define A " + "x" * 100000
                                + "\n<IfDefine !A>\nError x\n</IfDefine>")
    assert code == 0 and "Syntax OK" in output


def test_bytes_that_are_no_text(serve):
    server = serve("", run=False)
    server.config_file.write_bytes(
        server.config_file.read_bytes() + b"\xff\xfe\x00Timeout\n")
    result = server.run("-t")
    assert result.returncode != 0
