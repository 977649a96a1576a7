"""What a page prints beside its article: class words of its boxes and lines by language."""

HARD = (
    "comment disqus share sharing social related recommend promo newsletter subscribe subscription signup"
    " sidebar nav navbar menu breadcrumb breadcrumbs footer cookie consent gdpr banner advert advertisement"
    " ad ads sponsor outbrain taboola popular trending mostread toolbar pagination pager tags taglist author-bio"
    " authorbox byline meta caption credit copyright disclaimer modal popup overlay login paywall rating"
    " widget teaser readmore"
).split()
"""Words in class and id of boxes that hold no article text."""

CLOSING = (
    "Suivez",
    "Follow us",
    "Source:",
    "Source :",
    "Retournez en haut",
    "Read more",
    "Lire aussi",
    "Lesen Sie auch",
    "Mehr zum Thema",
    "Also read",
    "Related:",
    "Advertisement",
    "Photo:",
    "Copyright",
    "©",
    "All rights reserved",
    "Subscribe",
    "Sign up",
    "责任编辑",
    "来源",
    "编辑",
)
"""How lines begin that a publisher adds to its articles."""
