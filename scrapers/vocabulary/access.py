"""What pages call free and paid."""

FREE = frozenset("true yes 1 free open public unlocked http://schema.org/true https://schema.org/true".split())
PAID = frozenset(
    "false no 0 metered locked paid premium subscriber subscribers subscription restricted"
    " http://schema.org/false https://schema.org/false".split()
)
WALLED = frozenset("true yes 1 hard soft metered locked paid premium".split())
UNWALLED = frozenset("false no 0 none free open".split())

# Names of meta elements that say whether a page is free, and of those that say whether it has a paywall
FREE_METAS = "isaccessibleforfree article:content_tier content_tier article:free_access access article:access".split()
PAYWALL_METAS = (
    "paywall paywalled is_paywalled ispaywalled is-paywalled article:paywall article:is_paywalled premium is_premium"
    " ispremium article:premium article:is_premium cxenseparse:paywall has_paywall"
).split()
